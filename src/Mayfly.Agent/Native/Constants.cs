namespace Mayfly.Agent.Native;

/// <summary>Numbers of the Linux interface on x86-64.</summary>
internal static class Constants
{
    internal const int ReadOnly = 0;
    internal const int WriteOnly = 1;
    internal const int ReadWrite = 2;
    internal const int Create = 0x40;
    internal const int Exclusive = 0x80;
    internal const int NoTerminal = 0x100;
    internal const int NonBlocking = 0x800;
    internal const int Folder = 0x10000;
    internal const int NoFollow = 0x20000;
    internal const int CloseOnExec = 0x80000;
    internal const uint MemoryCloseOnExec = 1;

    internal const int NoEntry = 2;
    internal const int Interrupted = 4;
    internal const int Again = 11;
    internal const int AccessDenied = 13;
    internal const int Invalid = 22;
    internal const int TooManyOfAll = 23;
    internal const int TooMany = 24;
    internal const int NoData = 61;
    internal const int NotSupported = 95;

    internal const uint PollIn = 0x1;
    internal const uint PollOut = 0x4;
    internal const uint PollHangUp = 0x10;
    internal const uint EdgeTriggered = 1u << 31;

    internal const int ClockRealtime = 0;
    internal const int ClockMonotonic = 1;
    internal const int ClockRealtimeCoarse = 5;
    internal const int ClockBoottime = 7;

    internal const int FamilyUnix = 1;
    internal const int FamilyInet = 2;
    internal const int FamilyNetlink = 16;
    internal const int SocketStream = 1;
    internal const int SocketDatagram = 2;

    internal const int Ordinary = 0;
    internal const int RoundRobin = 2;
    internal const int ResetOnFork = 0x40000000;

    internal const int FromStart = 0;
    internal const int FromHere = 1;
    internal const int FromEnd = 2;

    internal const int SetStatusFlags = 4;
    internal const int Executable = 1;
    internal const int SignalKill = 9;
    internal const int SignalTerminate = 15;
    internal const int SignalContinue = 18;
    internal const int WaitNoHang = 1;
    internal const nuint MountBind = 4096;
    internal const nint PidFdOpen = 434;
}
