using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Mayfly.BrowserTests.House;

/// <summary>Signals to single processes that a test knows to be its own.</summary>
internal static class Signals
{
    private const int Kill9 = 9;
    private const int Term = 15;

    public static void Kill(int processId) => Send(processId, Kill9);

    public static void Terminate(int processId) => Send(processId, Term);

    private static void Send(int processId, int signal)
    {
        if (kill(processId, signal) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int processId, int signal);
}
