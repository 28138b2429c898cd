using Mayfly.Contracts.Api;

namespace Mayfly.Control.Pools;

/// <summary>What is asked of a pool at one moment.</summary>
internal sealed record PoolSpec
{
    public required string NamePattern { get; init; }

    /// <summary>When machines are made.</summary>
    public PoolSizing Sizing { get; init; }

    /// <summary>Most machines at any time.</summary>
    public required int Maximum { get; init; }

    /// <summary>Fewest machines, in use or not.</summary>
    public int Minimum { get; init; }

    /// <summary>Machines kept ready and unassigned, by the schedule or without.</summary>
    public required int Spare { get; init; }

    /// <summary>When another spare level begins, or null.</summary>
    public DateTimeOffset? SpareUntil { get; init; }

    /// <summary>Version its machines shall be of.</summary>
    public required string Version { get; init; }

    /// <summary>Version for the machines named in <see cref="CanaryMachines"/>, or null.</summary>
    public string? CanaryVersion { get; init; }

    /// <summary>Names that get the canary version.</summary>
    public IReadOnlySet<string> CanaryMachines { get; init; } = new HashSet<string>();

    /// <summary>False: nothing is made, and machines of another version are left alone.</summary>
    public bool MakesMachines { get; init; } = true;

    /// <summary>True while a push is paused: machines of another version are left alone.</summary>
    public bool PushPaused { get; init; }

    /// <summary>Machines that may be missing at once while a pool without spare room is moved to another version.</summary>
    public int RollBatch { get; init; } = 4;

    /// <summary>True when a machine that is somebody's and off is turned on only when its owner opens it.</summary>
    public bool StartOnConnect { get; init; }

    /// <summary>How long a machine that nobody uses may not answer before it is replaced.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>True when the pool is to go with its last machine.</summary>
    public bool Deleting { get; init; }

    /// <summary>The version a machine of some name shall be of.</summary>
    public string VersionFor(string machine) => IsCanary(machine) ? CanaryVersion! : Version;

    /// <summary>True for the name of a machine chosen for the canary.</summary>
    public bool IsCanary(string machine) => CanaryVersion is not null && CanaryMachines.Contains(machine);
}
