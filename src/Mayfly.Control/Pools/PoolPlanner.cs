using Mayfly.Contracts.Api;

namespace Mayfly.Control.Pools;

/// <summary>Plans a pool without touching anything: plan = f(wanted, observed, now).</summary>
internal static class PoolPlanner
{
    public static PoolPlan Plan(PoolSpec spec, PoolSnapshot observed, DateTimeOffset now)
    {
        var destroys = observed.Machines.Where(machine => MustGo(machine.State, spec.Deleting)).Select(machine => machine.Id).ToList();
        if (spec.Deleting) return new PoolPlan([], destroys, Starved: false, NotBefore: null, Remove: observed.Machines.Count == 0);

        var coming = observed.Machines.Count(machine =>
            machine.State is MachineState.Available or MachineState.Provisioning or MachineState.Customizing);
        var missing = spec.Spare + observed.Waiting - coming;
        // A machine counts until it is gone from the host, so that the maximum holds there and not only on paper.
        var room = spec.Maximum - observed.Machines.Count;
        var wanted = Math.Max(0, Math.Min(missing, room));
        if (wanted == 0) return new PoolPlan([], destroys, Starved: false, NotBefore: null, Remove: false);
        if (observed.ForksRefusedUntil is { } until && until > now) return new PoolPlan([], destroys, Starved: false, until, Remove: false);

        var forks = MachineNames.Free(spec.NamePattern, observed.NamesTaken).Take(Math.Min(wanted, Math.Max(0, observed.ForkSlots))).ToList();
        return new PoolPlan(forks, destroys, Starved: forks.Count < wanted, NotBefore: null, Remove: false);
    }

    private static bool MustGo(MachineState state, bool deleting) => state switch
    {
        MachineState.AlreadyUsed or MachineState.ProvisioningError or MachineState.Deleting => true,
        MachineState.Available or MachineState.Provisioning or MachineState.Customizing => deleting,
        _ => false,
    };
}
