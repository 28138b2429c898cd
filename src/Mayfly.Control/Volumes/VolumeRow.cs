using Mayfly.Contracts.Api;

namespace Mayfly.Control.Volumes;

/// <summary>
/// A user's writable volume as stored. The machine in it is its lease: no other gets the volume while it is set, and it stays set as long as
/// that machine is on the host. The row is written before the file is made and removed after it.
/// </summary>
public sealed class VolumeRow
{
    public required string Id { get; init; }

    /// <summary>Whose. A user who was removed leaves it behind, disabled.</summary>
    public required string User { get; set; }

    public required string Os { get; init; }

    public required VolumeKind Kind { get; set; }

    public required int SizeMib { get; set; }

    public bool Enabled { get; set; } = true;

    /// <summary>True once its file is there.</summary>
    public bool Made { get; set; }

    /// <summary>Machine that has it, or null.</summary>
    public string? MachineId { get; private set; }

    /// <summary>Name of that machine.</summary>
    public string? Machine { get; private set; }

    /// <summary>Pool of that machine.</summary>
    public string? Pool { get; private set; }

    /// <summary>Host its file is on; null for the server's own, where it is when no machine has it. Set before it is carried away, and taken back once it is home.</summary>
    public string? Host { get; set; }

    /// <summary>True while it is not known whether its file has arrived on that host: nobody has written to it there.</summary>
    public bool OnItsWay { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? AttachedAt { get; private set; }

    private VolumeState State => MachineId is not null ? VolumeState.Attached : Enabled ? VolumeState.Detached : VolumeState.Disabled;

    /// <summary>A machine gets it.</summary>
    internal void Lend(string machineId, string machine, string pool, DateTimeOffset now) => (MachineId, Machine, Pool, AttachedAt) = (machineId, machine, pool, now);

    /// <summary>Its machine is gone.</summary>
    internal void Free() => (MachineId, Machine, Pool) = (null, null, null);

    internal VolumeView ToView() => new(Id, User, Os, Kind, SizeMib, State, Pool, Machine, CreatedAt, AttachedAt);
}
