using Mayfly.Contracts;
using Mayfly.Engine.Limits;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Watching;

/// <summary>Says to a person why a machine's QEMU ended by itself.</summary>
internal static class DeathCause
{
    /// <summary>The fault. Call it before the machine's directory and control group are removed.</summary>
    /// <param name="hostname">Whose QEMU.</param>
    /// <param name="exit">How the process ended.</param>
    /// <param name="group">Its control group, or null.</param>
    /// <param name="words">What QEMU printed last, or null.</param>
    public static Fault Of(string hostname, ProcessExit exit, ControlGroup? group, string? words)
    {
        if (group?.ExceededMemory() is { } limit)
            return new Fault(
                ErrorCode.MachineExited, $"{hostname} was ended by the kernel because it used more memory than its limit of {limit >> 20} MiB.", words,
                "If this persists, report it with the machine's work: QEMU should not need that much beside the guest's memory.");
        return exit switch
        {
            { Code: 0 } => new Fault(ErrorCode.MachineExited, $"{hostname} was shut down or restarted from inside.", words),
            { Code: { } code } => new Fault(ErrorCode.MachineExited, $"QEMU of {hostname} ended with exit code {code}.", words),
            { Signal: { } signal } when SignalNames.IsCrash(signal) => new Fault(
                ErrorCode.MachineExited, $"QEMU of {hostname} crashed with {SignalNames.Of(signal)}.", words, "If this persists, upgrade QEMU, and publish the image again."),
            { Signal: { } signal } => new Fault(
                ErrorCode.MachineExited, $"QEMU of {hostname} was killed by {SignalNames.Of(signal)}.", words,
                "Mayfly did not do it. If nobody else did, the host ran out of memory: its kernel log (dmesg) says so."),
            _ => new Fault(ErrorCode.MachineExited, $"QEMU of {hostname} ended.", words ?? "How is not known: it was started by an earlier mayflyd."),
        };
    }
}
