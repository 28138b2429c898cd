using System.Runtime.InteropServices;

namespace Mayfly.VmTests.House;

/// <summary>What others on the host can do to a machine behind the engine's back.</summary>
internal static partial class Outside
{
    private const int SigKill = 9;
    private const int SigSegv = 11;
    private const int SigCont = 18;
    private const int SigStop = 19;

    /// <summary>SIGKILL.</summary>
    public static void Kill(int processId) => Signal(processId, SigKill);

    /// <summary>SIGSEGV.</summary>
    public static void Crash(int processId) => Signal(processId, SigSegv);

    /// <summary>SIGSTOP.</summary>
    public static void Freeze(int processId) => Signal(processId, SigStop);

    /// <summary>SIGCONT.</summary>
    public static void Thaw(int processId) => Signal(processId, SigCont);

    private static void Signal(int processId, int signal) => SendSignal(processId, signal).ShouldBe(0, Marshal.GetLastPInvokeErrorMessage());

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
