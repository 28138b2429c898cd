using Mayfly.Contracts.Api;

namespace Mayfly.Control.Pools;

/// <summary>
/// Plans a pool without touching anything: plan = f(wanted, observed, now). The steps:
/// (1) what can only go; (2) what is to be made again or turned on; (3) how many more machines are wanted;
/// (4) which machines of another version make room, without the ready ones falling below the level; (5) which are more than wanted;
/// (6) all that is begun fits into the slots.
/// </summary>
internal static class PoolPlanner
{
    public static PoolPlan Plan(PoolSpec spec, PoolSnapshot observed, DateTimeOffset now)
    {
        if (spec.Deleting) return Clear(observed);
        var count = new PoolCount(spec, observed);

        // Step 1: what can only go.
        var destroys = observed.Machines.Where(machine => MustGo(machine, spec, now)).Select(machine => machine.Id).ToList();

        // Step 2: what is to be made again or turned on, and what its owner's log-off has set free to be moved to another version.
        var rebuilds = count.Rolls ? observed.Machines.Where(machine => IsOutdatedOfOwner(machine, spec)).Select(machine => machine.Id).ToList() : [];
        var remakes = spec.MakesMachines ? observed.Machines.Where(IsToBeMade).Select(machine => machine.Id).ToList() : [];
        var starts = observed.Machines.Where(machine => IsToBeStarted(machine, spec)).Select(machine => machine.Id).Except(rebuilds).ToList();

        // Step 3: how many more are wanted.
        var makes = spec.MakesMachines ? Math.Clamp(count.Level - count.Supply, 0, Math.Max(0, spec.Maximum - observed.Machines.Count)) : 0;

        // Step 4: which of another version make room. One chosen for a canary comes again under its name.
        var outgoing = count.Rolls ? count.OutdatedReady.Take(Outgoing(spec, count)).ToList() : [];

        // Step 5: which are more than wanted. The newest go first, so that names stay low.
        rebuilds.AddRange(outgoing.Where(machine => spec.IsCanary(machine.Name)).Select(machine => machine.Id));
        destroys.AddRange(outgoing.Where(machine => !spec.IsCanary(machine.Name)).Select(machine => machine.Id));
        destroys.AddRange(Surplus(spec, observed, count, destroys.Concat(rebuilds).ToHashSet()));

        // Step 6: what is begun fits into the slots.
        return Fit(spec, observed, now, new PoolPlan
        {
            Starts = starts,
            Remakes = remakes,
            Rebuilds = rebuilds,
            Destroys = destroys,
            Makes = NamesFor(spec, observed).Take(makes).ToList(),
        });
    }

    private static PoolPlan Clear(PoolSnapshot observed) => new()
    {
        Destroys = observed.Machines.Where(machine => !machine.InUse && !(machine is { State: MachineState.Deleting, Busy: true })).Select(machine => machine.Id).ToList(),
        Remove = observed.Machines.Count == 0,
    };

    private static bool MustGo(PoolMachine machine, PoolSpec spec, DateTimeOffset now) => !machine.Busy && machine.State switch
    {
        MachineState.AlreadyUsed or MachineState.Deleting => true,
        // Left to look at while nothing is made; else the next one takes its place.
        MachineState.ProvisioningError => spec.MakesMachines && !machine.Owned,
        MachineState.Available or MachineState.Provisioned or MachineState.AgentUnreachable when machine is { Leaving: true, InUse: false, Owned: false } => true,
        MachineState.AgentUnreachable => !machine.InUse && !machine.Owned && machine.UnreachableSince is { } since && now - since >= spec.Patience,
        _ => false,
    };

    private static bool IsToBeMade(PoolMachine machine) =>
        !machine.Busy && (machine.State == MachineState.Provisioning || machine is { State: MachineState.ProvisioningError, Owned: true });

    // One that is nobody's is counted as one that will be ready: it is turned on in any case.
    private static bool IsToBeStarted(PoolMachine machine, PoolSpec spec) =>
        machine is { State: MachineState.Provisioned, Busy: false } && (!spec.StartOnConnect || machine.Wanted || machine is { Owned: false, InUse: false });

    private static bool IsOutdatedOfOwner(PoolMachine machine, PoolSpec spec) =>
        machine is { Owned: true, InUse: false, Busy: false, State: MachineState.Available or MachineState.Provisioned } && machine.Version != spec.VersionFor(machine.Name);

    /// <summary>How many of another version may go now.</summary>
    private static int Outgoing(PoolSpec spec, PoolCount count)
    {
        var floor = spec.Sizing == PoolSizing.UpFront ? Math.Max(Math.Min(spec.Spare, count.Level), count.Level - spec.RollBatch) : count.Level;
        var allowed = Math.Max(0, count.Ready.Count - floor);
        // Neither one too many nor room for one more: then one is missing for a moment, and only one.
        var stuck = allowed == 0 && count.Total >= spec.Maximum && !count.SomethingMoves;
        return stuck ? 1 : allowed;
    }

    private static IEnumerable<string> Surplus(PoolSpec spec, PoolSnapshot observed, PoolCount count, HashSet<string> going)
    {
        // Those of a canary were chosen by name, and go last.
        var staying = count.Ready.Where(machine => !going.Contains(machine.Id)).OrderByDescending(machine => spec.IsCanary(machine.Name)).ToList();
        // One asked for by name is no surplus, unless the maximum was lowered below it.
        var plain = staying.FindAll(machine => !machine.Extra);
        var above = observed.Machines.Count(machine => machine.State != MachineState.Deleting && !going.Contains(machine.Id)) - spec.Maximum;
        return above > 0 ? Newest(staying, above) : Newest(plain, plain.Count - count.Level);
    }

    private static IEnumerable<string> Newest(List<PoolMachine> machines, int number) =>
        machines.AsEnumerable().Reverse().Take(Math.Max(0, number)).Select(machine => machine.Id);

    private static IEnumerable<string> NamesFor(PoolSpec spec, PoolSnapshot observed)
    {
        var canaries = spec.CanaryVersion is null ? [] : spec.CanaryMachines.Where(name => !observed.NamesTaken.Contains(name)).Order(StringComparer.Ordinal).ToList();
        return canaries.Concat(MachineNames.Free(spec.NamePattern, observed.NamesTaken).Where(name => !canaries.Contains(name)));
    }

    private static PoolPlan Fit(PoolSpec spec, PoolSnapshot observed, DateTimeOffset now, PoolPlan plan)
    {
        var wanted = plan.Starts.Count + plan.Remakes.Count + plan.Rebuilds.Count + plan.Makes.Count;
        var due = Earliest(spec.SpareUntil, observed.Machines.Min(machine => machine is { State: MachineState.AgentUnreachable, InUse: false, Owned: false } ? machine.UnreachableSince + spec.Patience : null));
        if (wanted > 0 && observed.Rest is { } rest)
            return plan with { Starts = [], Remakes = [], Rebuilds = [], Makes = [], NotBefore = Earliest(due, now + rest), Wants = true };
        var slots = Math.Max(0, observed.Slots);
        return plan with
        {
            Starts = Take(plan.Starts),
            Remakes = Take(plan.Remakes),
            Rebuilds = Take(plan.Rebuilds),
            Makes = Take(plan.Makes),
            Starved = wanted > Math.Max(0, observed.Slots),
            Waited = observed.Waiting > 0,
            NotBefore = due,
            Wants = wanted > 0,
        };

        List<string> Take(IReadOnlyList<string> all)
        {
            var taken = all.Take(slots).ToList();
            slots -= taken.Count;
            return taken;
        }
    }

    private static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;
}
