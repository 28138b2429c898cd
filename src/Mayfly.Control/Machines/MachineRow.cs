using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Machines;

/// <summary>
/// A machine as stored. The row is written before the fork and removed after the destruction, so that no machine of the host is
/// ever without one.
/// </summary>
public sealed class MachineRow
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Pool { get; init; }

    /// <summary>Never Customizing: that is known in memory only, while the fork is in flight.</summary>
    public required MachineState State { get; set; }

    public required string Image { get; init; }

    public required string Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? User { get; set; }

    public string? Address { get; set; }

    public string? Mac { get; set; }

    public int? ProcessId { get; set; }

    public bool? ShellReady { get; set; }

    public double? RunningMs { get; set; }

    public double? ReadyMs { get; set; }

    /// <summary>A <see cref="Contracts.Fault"/> as JSON.</summary>
    public string? Fault { get; set; }

    internal MachineView ToView() =>
        new(Name, Id, Pool, State, Image, Version, User, Address, Mac, ProcessId, CreatedAt,
            ShellReady is { } shell ? new ForkTimeline(shell, RunningMs ?? 0, ReadyMs ?? 0) : null,
            Fault is null ? null : JsonSerializer.Deserialize<Fault>(Fault));
}
