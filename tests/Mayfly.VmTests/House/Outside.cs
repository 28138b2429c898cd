using System.Diagnostics;

namespace Mayfly.VmTests.House;

/// <summary>What others on the host can do to a machine behind the engine's back.</summary>
internal static class Outside
{
    /// <summary>SIGKILL.</summary>
    public static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }
}
