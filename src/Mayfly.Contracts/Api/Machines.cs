namespace Mayfly.Contracts.Api;

/// <summary>One desktop.</summary>
public sealed record MachineView
{
    /// <summary>Name, unique in the house, also the guest's host name.</summary>
    public required string Name { get; init; }

    /// <summary>Machine id, never reused.</summary>
    public required string Id { get; init; }

    /// <summary>Pool it belongs to.</summary>
    public required string Pool { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required MachineState State { get; init; }

    /// <summary>What is being done to it now, such as "reset" or "rebuild", or null.</summary>
    public string? Operation { get; init; }

    /// <summary>Golden image.</summary>
    public required string Image { get; init; }

    /// <summary>Image version.</summary>
    public required string Version { get; init; }

    /// <summary>Who it is lent to, or null.</summary>
    public string? User { get; init; }

    /// <summary>Whose it is in a dedicated pool, or null.</summary>
    public string? Owner { get; init; }

    /// <summary>Host it is on; null for the server's own.</summary>
    public string? Host { get; init; }

    /// <summary>Guest address, or null before it has one.</summary>
    public string? Address { get; init; }

    /// <summary>Guest MAC, or null before it has one.</summary>
    public string? Mac { get; init; }

    /// <summary>QEMU process on the host, or null.</summary>
    public int? ProcessId { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its disk was last fresh.</summary>
    public DateTimeOffset? RefreshedAt { get; init; }

    /// <summary>How long each step of its making took.</summary>
    public ForkTimeline? Timeline { get; init; }

    /// <summary>
    /// What its fork went through, in the order of its beginning. Only of a machine that is asked for by itself, and only until mayflyd starts
    /// anew; else empty.
    /// </summary>
    public IReadOnlyList<ForkStep> Trace { get; init; } = [];

    /// <summary>Why it is in an error state, or null.</summary>
    public Fault? Fault { get; init; }
}

/// <summary>The life of a machine, in the field's words. Which state can follow which is one table: docs/machines.md.</summary>
public enum MachineState
{
    /// <summary>Being made: forked, or its disk made and its guest booting.</summary>
    Provisioning,
    /// <summary>Running; ClonePrep is making it its own machine.</summary>
    Customizing,
    /// <summary>Ready and lent to nobody.</summary>
    Available,
    /// <summary>Lent to a user who is watching it.</summary>
    Connected,
    /// <summary>Lent to a user who is not watching it now.</summary>
    Disconnected,
    /// <summary>A user has had it and no longer does; never lent to another, waiting to be destroyed or refreshed.</summary>
    AlreadyUsed,
    /// <summary>Being destroyed.</summary>
    Deleting,
    /// <summary>Its making failed.</summary>
    ProvisioningError,
    /// <summary>Its guest boots; its agent has not been heard.</summary>
    Startup,
    /// <summary>Off, its disk kept; started when it is wanted.</summary>
    Provisioned,
    /// <summary>QEMU or the guest agent does not answer. Not lent; a session on it goes on as far as it can.</summary>
    AgentUnreachable,
    /// <summary>Held back by an administrator; not lent.</summary>
    Maintenance,
    /// <summary>Something was done to it and failed; an administrator must recover it.</summary>
    Error,
}

/// <summary>Milliseconds from the request to each point of a fork.</summary>
/// <param name="ShellReady">True when a pre-started shell was used.</param>
/// <param name="RunningMs">To the guest's CPUs running.</param>
/// <param name="ReadyMs">To ClonePrep done.</param>
public sealed record ForkTimeline(bool ShellReady, double RunningMs, double ReadyMs);

/// <summary>One step of a fork.</summary>
/// <param name="Name">What was done, such as "load" or "clone-prep".</param>
/// <param name="Depth">0 for a step of the fork itself, 1 for a part of such a step, and so on.</param>
/// <param name="StartMicroseconds">When it began, from the request on.</param>
/// <param name="Microseconds">How long it took.</param>
public sealed record ForkStep(string Name, int Depth, long StartMicroseconds, long Microseconds);

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
