using Mayfly.Agent.Native;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Running;

/// <summary>
/// Lets the agent run before all else in the guest, for work that is short and that somebody waits for. Each mount it makes wakes udev,
/// systemd and half the desktop; as one of many it would come to the next one only after all of them.
/// </summary>
internal static unsafe class Precedence
{
    private const int LowestOfRealTime = 1;
    private const int BeforeTheDesktop = -15;

    /// <summary>Puts the agent first. What it starts takes its turn like any other program.</summary>
    internal static void Take() => Set(RoundRobin | ResetOnFork, LowestOfRealTime);

    /// <summary>The agent takes its turn again.</summary>
    internal static void GiveBack() => Set(Ordinary, 0);

    /// <summary>Lets a program, and what it starts, go before the desktop, which is busiest when somebody waits: at their logon.</summary>
    internal static void Prefer(int processId) => _ = Libc.SetPriority(0, processId, BeforeTheDesktop);

    // Without the right to, it is as slow as it was.
    private static void Set(int policy, int priority) => _ = Libc.SetScheduler(0, policy, &priority);
}
