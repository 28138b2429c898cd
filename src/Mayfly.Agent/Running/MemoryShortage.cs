using System.Globalization;
using Mayfly.Agent.Native;

namespace Mayfly.Agent.Running;

/// <summary>
/// Whom the kernel ends when the guest runs out of memory: the agent last, since a machine without it is lost to its user; what the agent
/// starts like any other program.
/// </summary>
internal static class MemoryShortage
{
    private const int Last = -900;

    /// <summary>Has the kernel spare the agent.</summary>
    internal static void SpareAgent() => Set("self", Last);

    /// <summary>Takes from a program what it got from the agent that started it.</summary>
    internal static void TreatAsAny(int processId) => Set(processId.ToString(CultureInfo.InvariantCulture), 0);

    // Without the right to, or gone already: there is nothing to be done about it.
    private static void Set(string process, int score)
    {
        try
        {
            SystemFile.WriteInPlace($"/proc/{process}/oom_score_adj", score.ToString(CultureInfo.InvariantCulture));
        }
        catch (SystemCallException)
        {
        }
    }
}
