using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Mayfly.HouseKit;

/// <summary>Signals to single processes that a test knows to be its own.</summary>
public static class Signals
{
    /// <summary>Stands still until told to go on.</summary>
    public const int Stop = 19;

    /// <summary>Goes on.</summary>
    public const int Continue = 18;

    /// <summary>A crash.</summary>
    public const int SegmentationFault = 11;

    private const int Kill9 = 9;
    private const int Term = 15;

    public static void Kill(int processId) => Send(processId, Kill9);

    public static void Terminate(int processId) => Send(processId, Term);

    /// <summary>Sends a signal by its number.</summary>
    public static void Send(int processId, int signal)
    {
        if (kill(processId, signal) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int processId, int signal);
}
