using FsCheck;
using FsCheck.Fluent;
using Mayfly.Contracts.Api;
using Mayfly.Control.Pools;

namespace Mayfly.Control.Tests.Pools;

/// <summary>Promises of the planner that hold in any situation, and what it does in single ones.</summary>
public sealed class PoolPlannerTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(50);

    private static readonly Gen<PoolMachine> Machines =
        from state in Gen.Elements(Enum.GetValues<MachineState>())
        from version in Gen.Elements("v1", "v2")
        from inUse in Gen.Elements(true, false)
        from owned in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from busy in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from extra in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new PoolMachine("", "", state, version)
        {
            InUse = state is MachineState.Connected or MachineState.Disconnected || (inUse && state is MachineState.AgentUnreachable or MachineState.Provisioned),
            Owned = owned,
            Extra = extra,
            Busy = busy || state is MachineState.Startup or MachineState.Customizing,
            UnreachableSince = state == MachineState.AgentUnreachable ? Now.AddMinutes(-2) : null,
        };

    private static readonly Gen<(PoolSpec Spec, PoolSnapshot Observed)> Situations =
        from maximum in Gen.Choose(1, 30)
        from spare in Gen.Choose(0, maximum)
        from minimum in Gen.Choose(0, maximum)
        from sizing in Gen.Elements(PoolSizing.OnDemand, PoolSizing.UpFront)
        from machines in Gen.ListOf(Machines)
        from waiting in Gen.Choose(0, 5)
        from slots in Gen.Choose(0, 6)
        from makes in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        from deleting in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        let spec = Spec(spare, maximum) with { Minimum = minimum, Sizing = sizing, Deleting = deleting, MakesMachines = makes }
        let named = machines.Select((machine, index) => machine with { Id = $"id{index}", Name = $"p-{(index * 2) + 1}" }).Take(maximum + 3).ToList()
        select (spec, Observed(named) with { Waiting = waiting, Slots = slots });

    [Fact]
    public void Plan_AnySituation_NeverExceedsMaximumSlotsOrNames() => Holds(situation =>
    {
        var plan = Plan(situation.Spec, situation.Observed);
        var begun = plan.Makes.Count + plan.Remakes.Count + plan.Starts.Count + plan.Rebuilds.Count;
        return (plan.Makes.Count == 0 || situation.Observed.Machines.Count + plan.Makes.Count <= situation.Spec.Maximum)
            && begun <= situation.Observed.Slots
            && plan.Makes.Distinct().Count() == plan.Makes.Count
            && !plan.Makes.Any(situation.Observed.NamesTaken.Contains);
    });

    [Fact]
    public void Plan_AnySituation_NeverTouchesMachinesInUseOrOwned() => Holds(situation =>
    {
        var plan = Plan(situation.Spec, situation.Observed);
        var held = situation.Observed.Machines.Where(m => (m.InUse || (m.Owned && !situation.Spec.Deleting)) && m.State is not (MachineState.AlreadyUsed or MachineState.Deleting));
        var used = situation.Observed.Machines.Where(m => m.InUse);
        return !plan.Destroys.Intersect(held.Select(m => m.Id)).Any() && !plan.Rebuilds.Intersect(used.Select(m => m.Id)).Any();
    });

    [Fact]
    public void Plan_AnySituation_OrdersNothingTwiceAndNothingForBusyMachines() => Holds(situation =>
    {
        var plan = Plan(situation.Spec, situation.Observed);
        var all = plan.Destroys.Concat(plan.Rebuilds).Concat(plan.Starts).Concat(plan.Remakes).ToList();
        var busy = situation.Observed.Machines.Where(m => m.Busy).Select(m => m.Id);
        return all.Distinct().Count() == all.Count && (situation.Spec.Deleting || !all.Intersect(busy).Any());
    });

    [Fact]
    public void Plan_CarriedOutRepeatedly_ConvergesAndThenAsksForNothing() => Holds(situation =>
    {
        var (spec, observed) = (situation.Spec, situation.Observed with { Slots = 2 });
        for (var round = 0; round < 300; round++)
        {
            var plan = Plan(spec, observed);
            if (plan.IsEmpty && !observed.Machines.Any(m => m.Busy)) return Settled(spec, observed, plan);
            observed = CarryOut(spec, observed, plan);
        }

        return false;
    });

    [Fact]
    public void Plan_PushWithRoom_NeverFallsBelowTheSpareLevel() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
        (from spare in Gen.Choose(1, 20) from room in Gen.Choose(1, 5) from slots in Gen.Choose(1, 6) select (spare, room, slots)).ToArbitrary(), pool =>
        {
            var spec = Spec(pool.spare, pool.spare + pool.room) with { Version = "v2" };
            var observed = Observed([.. Enumerable.Range(1, pool.spare).Select(n => new PoolMachine($"old{n}", $"p-{n}", MachineState.Available, "v1"))]) with { Slots = pool.slots };
            for (var round = 0; round < 200; round++)
            {
                var plan = Plan(spec, observed);
                if (plan.IsEmpty) return observed.Machines.All(m => m.Version == "v2");
                // What is destroyed is gone before anything that was begun is ready: the worst order there can be.
                var left = observed.Machines.Count(m => m.State == MachineState.Available && !plan.Destroys.Contains(m.Id));
                if (left < pool.spare) return false;
                observed = CarryOut(spec, observed, plan);
            }

            return false;
        }));

    [Fact]
    public void Plan_PushWithoutRoom_TakesOneAtATime()
    {
        var observed = Observed([.. Enumerable.Range(1, 5).Select(n => new PoolMachine($"old{n}", $"p-{n}", MachineState.Available, "v1"))]);
        Plan(Spec(5, 5) with { Version = "v2" }, observed).Destroys.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Plan_PushWhoseMachinesFail_TakesNoneThatIsReadyToMakeRoom(bool busy)
    {
        var ready = Enumerable.Range(1, 2).Select(n => new PoolMachine($"old{n}", $"p-{n}", MachineState.Available, "v1"));
        var failed = Enumerable.Range(3, 2).Select(n => new PoolMachine($"new{n}", $"p-{n}", MachineState.ProvisioningError, "v2") { Busy = busy });
        Plan(Spec(2, 4) with { Version = "v2" }, Observed([.. ready, .. failed])).Destroys.ShouldNotContain(id => id.StartsWith("old"));
    }

    [Fact]
    public void Plan_PushPaused_LeavesOldMachinesAlone()
    {
        var observed = Observed([new PoolMachine("a", "p-1", MachineState.Available, "v1")]);
        Plan(Spec(1, 5) with { Version = "v2", PushPaused = true }, observed).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Plan_UpFront_MakesAllAndRollsInBatches()
    {
        var spec = Spec(0, 10) with { Sizing = PoolSizing.UpFront };
        Plan(spec, Observed([])).Makes.Count.ShouldBe(10);
        var old = Observed([.. Enumerable.Range(1, 10).Select(n => new PoolMachine($"old{n}", $"p-{n}", MachineState.Available, "v1"))]);
        Plan(spec with { Version = "v2", RollBatch = 3 }, old).Destroys.Count.ShouldBe(3);
    }

    [Fact]
    public void Plan_Canary_MovesTheChosenMachineAndMakesItAgainUnderItsName()
    {
        var spec = Spec(3, 5) with { CanaryVersion = "v2", CanaryMachines = new HashSet<string> { "p-2" } };
        var three = Observed([.. Enumerable.Range(1, 3).Select(n => new PoolMachine($"m{n}", $"p-{n}", MachineState.Available, "v1"))]);
        var first = Plan(spec, three);
        first.Makes.ShouldBe(["p-4"]);
        var four = Observed([.. three.Machines, new PoolMachine("m4", "p-4", MachineState.Available, "v1")]);
        Plan(spec, four).Rebuilds.ShouldBe(["m2"]);
        var without = Observed([four.Machines[0], four.Machines[2]]);
        Plan(spec, without).Makes.ShouldBe(["p-2"]);
    }

    [Fact]
    public void Plan_LowerSpareLevel_LetsTheNewestGo()
    {
        var observed = Observed([.. Enumerable.Range(1, 5).Select(n => new PoolMachine($"m{n}", $"p-{n}", MachineState.Available, "v1"))]);
        Plan(Spec(2, 10), observed).Destroys.ShouldBe(["m5", "m4", "m3"]);
        Plan(Spec(2, 10) with { Minimum = 4 }, observed).Destroys.ShouldBe(["m5"]);
    }

    [Fact]
    public void Plan_MachineAskedForByName_IsNoSurplus()
    {
        var observed = Observed([new PoolMachine("a", "p-1", MachineState.Available, "v1"), new PoolMachine("b", "p-2", MachineState.Available, "v1") { Extra = true }]);
        Plan(Spec(1, 10), observed).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Plan_OwnedMachineOff_IsStarted()
    {
        var observed = Observed([new PoolMachine("a", "p-1", MachineState.Provisioned, "v1") { Owned = true }]);
        Plan(Spec(0, 10), observed).Starts.ShouldBe(["a"]);
    }

    [Fact]
    public void Plan_OwnedMachineOfAnotherVersion_IsRebuiltOnlyWhileNobodyIsOnIt()
    {
        var owned = new PoolMachine("a", "p-1", MachineState.Available, "v1") { Owned = true };
        var spec = Spec(0, 10) with { Version = "v2" };
        Plan(spec, Observed([owned])).Rebuilds.ShouldBe(["a"]);
        Plan(spec, Observed([owned with { State = MachineState.Disconnected, InUse = true }])).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Plan_FailedAndWaitingToBeTriedAgain_KeepsItsName()
    {
        var plan = Plan(Spec(1, 10), Observed([new PoolMachine("a", "p-1", MachineState.Provisioning, "v1")]));
        plan.Remakes.ShouldBe(["a"]);
        plan.Makes.ShouldBeEmpty();
    }

    [Fact]
    public void Plan_Stopped_MakesNothingAndKeepsTheFailedOneToLookAt()
    {
        var observed = Observed([new PoolMachine("a", "p-1", MachineState.ProvisioningError, "v1"), new PoolMachine("b", "p-2", MachineState.Provisioning, "v1")]);
        Plan(Spec(2, 10) with { MakesMachines = false }, observed).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Plan_Unreachable_GoesWhenPatienceEnds()
    {
        var machine = new PoolMachine("a", "p-1", MachineState.AgentUnreachable, "v1") { UnreachableSince = Now.AddSeconds(-30) };
        var early = Plan(Spec(0, 10), Observed([machine]));
        early.Destroys.ShouldBeEmpty();
        early.NotBefore.ShouldBe(Now.AddSeconds(30));
        Plan(Spec(0, 10), Observed([machine with { UnreachableSince = Now.AddMinutes(-1) }])).Destroys.ShouldBe(["a"]);
    }

    [Fact]
    public void Plan_NamesInUse_TakesLowestFreeNumbers()
    {
        var observed = Observed([new PoolMachine("a", "p-2", MachineState.Connected, "v1") { InUse = true }]);
        Plan(Spec(2, 10), observed).Makes.ShouldBe(["p-1", "p-3"]);
    }

    [Fact]
    public void Plan_Resting_WaitsUntilThen()
    {
        var plan = Plan(Spec(1, 2), Observed([]) with { Rest = TimeSpan.FromSeconds(5) });
        plan.IsEmpty.ShouldBeTrue();
        plan.NotBefore.ShouldBe(Now.AddSeconds(5));
    }

    [Theory]
    [InlineData("vdi-{n}", 7, "vdi-7")]
    [InlineData("vdi-{n:fixed=3}", 7, "vdi-007")]
    [InlineData("{n:fixed=2}-x", 123, "123-x")]
    public void Render_Pattern_PutsTheNumberIn(string pattern, int number, string name) => MachineNames.Render(pattern, number).ShouldBe(name);

    [Theory]
    [InlineData("no-number")]
    [InlineData("{n}{n}")]
    [InlineData("Upper-{n}")]
    [InlineData("-{n}")]
    [InlineData("{n}-")]
    [InlineData("a-very-long-name-that-goes-on-and-on-and-on-until-it-is-too-long-{n}")]
    public void Complaint_BadPattern_IsNotNull(string pattern) => MachineNames.Complaint(pattern, 100).ShouldNotBeNull();

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void IsOf_MachineWhoseMakingFailed_OnlyOnceThatHasEnded(bool busy, bool expected) =>
        Observed([new PoolMachine("a", "p-1", MachineState.ProvisioningError, "v1") { Busy = busy }]).IsOf(Spec(1, 1)).ShouldBe(expected);

    private static PoolPlan Plan(PoolSpec spec, PoolSnapshot observed) => PoolPlanner.Plan(spec, observed, Now);

    /// <summary>At the end nothing of what can be ready is missing, but for what the maximum, or an administrator, forbids.</summary>
    private static bool Settled(PoolSpec spec, PoolSnapshot observed, PoolPlan plan)
    {
        if (spec.Deleting) return plan.Remove == (observed.Machines.Count == 0);
        if (!spec.MakesMachines) return true;
        var count = new PoolCount(spec, observed);
        return count.OutdatedReady.Count == 0 && (count.Supply >= count.Level || count.Total >= spec.Maximum);
    }

    /// <summary>All that was begun is done, and every operation in progress has ended.</summary>
    private static PoolSnapshot CarryOut(PoolSpec spec, PoolSnapshot observed, PoolPlan plan)
    {
        var made = plan.Makes.Select(name => new PoolMachine("new-" + name + Guid.NewGuid(), name, MachineState.Available, spec.VersionFor(name)));
        var machines = observed.Machines.Where(m => !plan.Destroys.Contains(m.Id) && m is not { State: MachineState.Deleting, Busy: true }).Select(m => m with
        {
            Busy = false,
            State = IsDone(m, plan) ? (m.InUse ? MachineState.Disconnected : MachineState.Available) : m.State,
            Version = plan.Remakes.Contains(m.Id) || plan.Rebuilds.Contains(m.Id) ? spec.VersionFor(m.Name) : m.Version,
            InUse = m.InUse && !spec.Deleting,
        }).Concat(made).ToList();
        return observed with { Machines = machines, NamesTaken = machines.Select(m => m.Name).ToHashSet() };
    }

    private static bool IsDone(PoolMachine machine, PoolPlan plan) =>
        plan.Remakes.Contains(machine.Id) || plan.Starts.Contains(machine.Id) || plan.Rebuilds.Contains(machine.Id)
        || (machine.Busy && machine.State is MachineState.Provisioning or MachineState.Startup or MachineState.Customizing);

    private static void Holds(Func<(PoolSpec Spec, PoolSnapshot Observed), bool> property) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(
        Situations.ToArbitrary(),
        situation => property(situation) ? true : throw new ShouldAssertException($"{situation.Spec}\n{string.Join('\n', situation.Observed.Machines)}\n{Plan(situation.Spec, situation.Observed)}")));

    private static PoolSpec Spec(int spare, int maximum) => new() { NamePattern = "p-{n}", Version = "v1", Spare = spare, Maximum = maximum };

    private static PoolSnapshot Observed(List<PoolMachine> machines) => new(machines, machines.Select(m => m.Name).ToHashSet(), 0, 100, null);
}
