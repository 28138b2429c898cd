using Mayfly.Contracts.Api;

namespace Mayfly.Control.Pools;

/// <summary>What is known of a pool at one moment, work in flight included.</summary>
/// <param name="Machines">Its machines, also those being made or destroyed.</param>
/// <param name="NamesTaken">Machine names in use, of other pools too.</param>
/// <param name="Waiting">Users waiting for a machine of this pool who have none yet.</param>
/// <param name="Slots">Machines the house may begin to make or start now.</param>
/// <param name="Rest">Nothing is made for this long because of failures, or null.</param>
internal sealed record PoolSnapshot(
    IReadOnlyList<PoolMachine> Machines, IReadOnlySet<string> NamesTaken, int Waiting, int Slots, TimeSpan? Rest)
{
    /// <summary>
    /// True when every machine is there and of the version it should be of, but for those an administrator has to deal with. One whose making
    /// has failed but has not ended is none of them: its failure is still to be judged.
    /// </summary>
    public bool IsOf(PoolSpec spec) => Machines.All(machine => machine.State switch
    {
        MachineState.Maintenance or MachineState.Error => true,
        MachineState.ProvisioningError => !machine.Busy,
        MachineState.Deleting or MachineState.Provisioning => false,
        _ => machine.Version == spec.VersionFor(machine.Name),
    });
}

/// <summary>One machine of a snapshot.</summary>
internal sealed record PoolMachine(string Id, string Name, MachineState State, string Version)
{
    /// <summary>True while a user has a session on it.</summary>
    public bool InUse { get; init; }

    /// <summary>True when it is somebody's in a dedicated pool.</summary>
    public bool Owned { get; init; }

    /// <summary>True while its owner waits for it.</summary>
    public bool Wanted { get; init; }

    /// <summary>True while an operation on it is in progress.</summary>
    public bool Busy { get; init; }

    /// <summary>True when it was asked for beyond the spare level.</summary>
    public bool Extra { get; init; }

    /// <summary>True when its host is lost or in maintenance: if nobody uses it, another takes its place elsewhere.</summary>
    public bool Leaving { get; init; }

    /// <summary>When it stopped answering, or null.</summary>
    public DateTimeOffset? UnreachableSince { get; init; }
}
