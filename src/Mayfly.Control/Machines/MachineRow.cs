using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Engine;

namespace Mayfly.Control.Machines;

/// <summary>
/// A machine as stored. The row is written before the machine is made and removed after its destruction, so that no machine of the host
/// is ever without one.
/// </summary>
public sealed class MachineRow
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Pool { get; init; }

    /// <summary>Never Startup or Customizing: those are known in memory only, while the machine is made or started.</summary>
    public MachineState State { get; private set; } = MachineState.Provisioning;

    public required string Image { get; set; }

    public required string Version { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its disk was last fresh.</summary>
    public DateTimeOffset? RefreshedAt { get; set; }

    /// <summary>When it was last READY.</summary>
    public DateTimeOffset? ReadyAt { get; set; }

    /// <summary>User of its open session.</summary>
    public string? User { get; set; }

    /// <summary>Whose it is in a dedicated pool.</summary>
    public string? Owner { get; set; }

    /// <summary>Whoever has had it first; never taken back. No other user gets it as long as it exists.</summary>
    public string? UsedBy { get; set; }

    /// <summary>True when it was asked for by name beyond the spare level, and is not to be taken for a surplus.</summary>
    public bool Extra { get; init; }

    /// <summary>True when another with its name and MAC is to follow it once it is destroyed.</summary>
    public bool Remake { get; set; }

    /// <summary>Times its making has failed.</summary>
    public int FailedAttempts { get; set; }

    /// <summary>Host it is on; null for the server's own, and while it is not made.</summary>
    public string? Host { get; private set; }

    public string? Address { get; set; }

    /// <summary>Known before it is made when it follows another of the same name.</summary>
    public string? Mac { get; set; }

    public int? ProcessId { get; set; }

    public bool? ShellReady { get; set; }

    public double? RunningMs { get; set; }

    public double? ReadyMs { get; set; }

    /// <summary>A <see cref="Contracts.Fault"/> as JSON.</summary>
    public string? Fault { get; private set; }

    /// <summary>When it stopped answering, or null while it answers.</summary>
    public DateTimeOffset? UnreachableSince { get; set; }

    internal ImageVersion Source => new(Image, Version);

    /// <summary>Goes to another state. A fault is kept until the next move.</summary>
    /// <exception cref="InvalidOperationException">The table of states does not allow it.</exception>
    internal void MoveTo(MachineState next, Fault? fault = null)
    {
        if (!MachineStates.CanMove(State, next)) throw new InvalidOperationException($"'{Name}' can not go from {State} to {next}.");
        State = next;
        Fault = fault is null ? null : JsonSerializer.Serialize(fault);
        if (next != MachineState.AgentUnreachable) UnreachableSince = null;
    }

    /// <summary>Notes what the host has made or started.</summary>
    internal void Describe(HostMachine made, DateTimeOffset now)
    {
        Host = made.Host;
        (Address, Mac, ProcessId) = (made.Network?.Address, made.Network?.Mac, made.ProcessId);
        (ShellReady, RunningMs, ReadyMs) = (made.Timeline.ShellReady, made.Timeline.RunningMs, made.Timeline.ReadyMs);
        ReadyAt = now;
    }

    /// <summary>True when it may be lent to a user: nobody had it, or it is theirs.</summary>
    internal bool MayServe(string user) => Owner is null ? UsedBy is null : Owner == user && (UsedBy is null || UsedBy == user);

    /// <summary>The state of a machine that runs and answers, by who has it and had it.</summary>
    internal MachineState RunningState =>
        User is not null ? MachineState.Disconnected : UsedBy is null || UsedBy == Owner ? MachineState.Available : MachineState.AlreadyUsed;

    internal Fault? ReadFault() => Fault is null ? null : JsonSerializer.Deserialize<Fault>(Fault);

    internal MachineView ToView() => new()
    {
        Name = Name,
        Id = Id,
        Pool = Pool,
        State = State,
        Image = Image,
        Version = Version,
        User = User,
        Owner = Owner,
        Host = Host,
        Address = Address,
        Mac = Mac,
        ProcessId = ProcessId,
        CreatedAt = CreatedAt,
        RefreshedAt = RefreshedAt,
        Timeline = ShellReady is { } shell ? new ForkTimeline(shell, RunningMs ?? 0, ReadyMs ?? 0) : null,
        Fault = ReadFault(),
    };
}
