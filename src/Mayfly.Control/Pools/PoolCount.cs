using Mayfly.Contracts.Api;

namespace Mayfly.Control.Pools;

/// <summary>The machines of a snapshot, counted by what the planner asks about them.</summary>
internal sealed class PoolCount
{
    public PoolCount(PoolSpec spec, PoolSnapshot observed)
    {
        Rolls = spec.MakesMachines && !spec.PushPaused;
        Total = observed.Machines.Count;
        var idle = observed.Machines.Where(machine => !machine.InUse && !machine.Owned).ToList();
        Ready = idle.FindAll(machine => machine is { State: MachineState.Available, Busy: false, Leaving: false });
        OutdatedReady = Ready.FindAll(machine => machine.Version != spec.VersionFor(machine.Name));
        var coming = idle.Count(IsComing);
        SomethingMoves = coming > 0 || observed.Machines.Any(IsGoing);
        Supply = coming + Ready.Count - (Rolls ? OutdatedReady.Count : 0);
        // What can not be had as ready: in use, owned, held back or in error.
        var elsewhere = Total - Ready.Count - coming;
        Level = spec.Sizing == PoolSizing.UpFront ? Math.Max(0, spec.Maximum - elsewhere) : Math.Max(spec.Spare + observed.Waiting, spec.Minimum - elsewhere);
    }

    /// <summary>True when machines of another version are to be replaced.</summary>
    public bool Rolls { get; }

    /// <summary>All machines. One counts until it is gone from the host, so that the maximum holds there and not only on paper.</summary>
    public int Total { get; }

    /// <summary>Machines that could be lent now.</summary>
    public List<PoolMachine> Ready { get; }

    /// <summary>Those of them that are of another version than they should be.</summary>
    public List<PoolMachine> OutdatedReady { get; }

    /// <summary>Machines that are, or will be, ready and of the right version without anything more being begun.</summary>
    public int Supply { get; }

    /// <summary>Machines that should be ready.</summary>
    public int Level { get; }

    /// <summary>True while something is being made or destroyed that may make room or be ready soon.</summary>
    public bool SomethingMoves { get; }

    // One whose making failed makes room for the next: no machine that is ready has to.
    private static bool IsGoing(PoolMachine machine) => machine is { State: MachineState.Deleting } or { State: MachineState.ProvisioningError, Owned: false };

    private static bool IsComing(PoolMachine machine) => machine.State switch
    {
        MachineState.Provisioning or MachineState.Startup or MachineState.Customizing or MachineState.Provisioned => true,
        MachineState.Available => machine.Busy,
        _ => false,
    };
}
