namespace Mayfly.Contracts.Api;

/// <summary>One desktop.</summary>
/// <param name="Name">Name, unique in the house, also the guest's host name.</param>
/// <param name="Id">Machine id, never reused.</param>
/// <param name="Pool">Pool it belongs to.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Image">Golden image.</param>
/// <param name="Version">Image version.</param>
/// <param name="User">Who it is lent to, or null.</param>
/// <param name="Address">Guest address, or null before it has one.</param>
/// <param name="Mac">Guest MAC, or null before it has one.</param>
/// <param name="ProcessId">QEMU process on the host, or null.</param>
/// <param name="CreatedAt">When the fork was asked for.</param>
/// <param name="Timeline">How long each step of its making took.</param>
/// <param name="Fault">Why it is in an error state, or null.</param>
public sealed record MachineView(
    string Name, string Id, string Pool, MachineState State, string Image, string Version, string? User, string? Address, string? Mac,
    int? ProcessId, DateTimeOffset CreatedAt, ForkTimeline? Timeline, Fault? Fault);

/// <summary>The life of a machine, in the field's words.</summary>
public enum MachineState
{
    /// <summary>Being forked.</summary>
    Provisioning,
    /// <summary>Running; ClonePrep is making it its own machine.</summary>
    Customizing,
    /// <summary>Ready and lent to nobody.</summary>
    Available,
    /// <summary>Lent to a user who is watching it.</summary>
    Connected,
    /// <summary>Lent to a user who is not watching it now.</summary>
    Disconnected,
    /// <summary>Its session ended without a log-off; never lent again, waiting to be destroyed.</summary>
    AlreadyUsed,
    /// <summary>Being destroyed.</summary>
    Deleting,
    /// <summary>Its making failed.</summary>
    ProvisioningError,
}

/// <summary>Milliseconds from the request to each point of a fork.</summary>
/// <param name="ShellReady">True when a pre-started shell was used.</param>
/// <param name="RunningMs">To the guest's CPUs running.</param>
/// <param name="ReadyMs">To ClonePrep done.</param>
public sealed record ForkTimeline(bool ShellReady, double RunningMs, double ReadyMs);

/// <summary>Runs a program in a machine for an administrator.</summary>
/// <param name="Command">Program and arguments.</param>
/// <param name="TimeoutSeconds">Limit in seconds, 1 to 600.</param>
public sealed record ExecMachineRequest(IReadOnlyList<string> Command, int TimeoutSeconds = 60);

/// <summary>What the program said.</summary>
/// <param name="ExitCode">Exit status.</param>
/// <param name="Stdout">Standard output.</param>
/// <param name="Stderr">Standard error.</param>
/// <param name="Truncated">True when output was cut.</param>
public sealed record ExecMachineResult(int ExitCode, string Stdout, string Stderr, bool Truncated);
