using FsCheck;
using FsCheck.Fluent;
using Mayfly.Contracts.Api;
using Mayfly.Control.Pools;
using Mayfly.Engine;

namespace Mayfly.Control.Tests.Pools;

public sealed class PoolPlannerTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private static readonly Gen<(PoolSpec Spec, PoolSnapshot Observed)> Situations =
        from maximum in Gen.Choose(1, 30)
        from spare in Gen.Choose(0, maximum)
        from states in Gen.ListOf(Gen.Elements(Enum.GetValues<MachineState>()))
        from waiting in Gen.Choose(0, 5)
        from slots in Gen.Choose(0, 6)
        from deleting in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        let machines = states.Take(maximum).Select((state, index) => new PoolMachine($"id{index}", $"p-{(index * 2) + 1}", state)).ToList()
        select (Spec(spare, maximum) with { Deleting = deleting }, Observed(machines) with { Waiting = waiting, ForkSlots = slots });

    [Fact]
    public void Plan_AnySituation_NeverExceedsMaximumSlotsOrNames() => Holds(situation =>
    {
        var plan = PoolPlanner.Plan(situation.Spec, situation.Observed, Now);
        return situation.Observed.Machines.Count + plan.Forks.Count <= situation.Spec.Maximum
            && plan.Forks.Count <= situation.Observed.ForkSlots
            && plan.Forks.Distinct().Count() == plan.Forks.Count
            && !plan.Forks.Any(situation.Observed.NamesTaken.Contains);
    });

    [Fact]
    public void Plan_AnySituation_NeverTouchesMachinesInUse() => Holds(situation =>
    {
        var used = situation.Observed.Machines.Where(m => m.State is MachineState.Connected or MachineState.Disconnected).Select(m => m.Id);
        return !PoolPlanner.Plan(situation.Spec, situation.Observed, Now).Destroys.Intersect(used).Any();
    });

    [Fact]
    public void Plan_CarriedOutRepeatedly_ConvergesAndThenAsksForNothing() => Holds(situation =>
    {
        var (spec, observed) = (situation.Spec, situation.Observed with { ForkSlots = 2 });
        for (var round = 0; round < 100; round++)
        {
            var plan = PoolPlanner.Plan(spec, observed, Now);
            if (plan is { Forks.Count: 0, Destroys.Count: 0 }) return Settled(spec, observed, plan);
            observed = CarryOut(observed, plan);
        }

        return false;
    });

    [Fact]
    public void Plan_ForksInFlight_AreNotOrderedAgain()
    {
        var observed = Observed([new PoolMachine("a", "p-1", MachineState.Provisioning), new PoolMachine("b", "p-2", MachineState.Customizing)]);
        PoolPlanner.Plan(Spec(2, 10), observed, Now).Forks.ShouldBeEmpty();
    }

    [Fact]
    public void Plan_NamesInUse_TakesLowestFreeNumbers()
    {
        var observed = Observed([new PoolMachine("a", "p-2", MachineState.Connected)]);
        PoolPlanner.Plan(Spec(2, 10), observed, Now).Forks.ShouldBe(["p-1", "p-3"]);
    }

    [Fact]
    public void Plan_ForksRefused_WaitsUntilThen()
    {
        var until = Now.AddSeconds(5);
        var plan = PoolPlanner.Plan(Spec(1, 2), Observed([]) with { ForksRefusedUntil = until }, Now);
        plan.Forks.ShouldBeEmpty();
        plan.NotBefore.ShouldBe(until);
    }

    [Fact]
    public void Plan_MachineAlreadyUsed_GoesAndIsReplacedOnlyWhenThereIsRoom()
    {
        var plan = PoolPlanner.Plan(Spec(1, 1), Observed([new PoolMachine("a", "p-1", MachineState.AlreadyUsed)]), Now);
        plan.Destroys.ShouldBe(["a"]);
        plan.Forks.ShouldBeEmpty();
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

    private static bool Settled(PoolSpec spec, PoolSnapshot observed, PoolPlan plan)
    {
        if (spec.Deleting) return plan.Remove == (observed.Machines.Count == 0);
        var available = observed.Machines.Count(m => m.State is MachineState.Available or MachineState.Provisioning or MachineState.Customizing);
        return available >= spec.Spare + observed.Waiting || observed.Machines.Count >= spec.Maximum;
    }

    private static PoolSnapshot CarryOut(PoolSnapshot observed, PoolPlan plan)
    {
        var machines = observed.Machines.Where(m => !plan.Destroys.Contains(m.Id))
            .Concat(plan.Forks.Select(name => new PoolMachine("new-" + name, name, MachineState.Available))).ToList();
        return observed with { Machines = machines, NamesTaken = machines.Select(m => m.Name).ToHashSet() };
    }

    private static void Holds(Func<(PoolSpec Spec, PoolSnapshot Observed), bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Situations.ToArbitrary(), property));

    private static PoolSpec Spec(int spare, int maximum) => new("p", new ImageVersion("micro", "v1"), spare, maximum, "p-{n}", [], 20, false);

    private static PoolSnapshot Observed(List<PoolMachine> machines) => new(machines, machines.Select(m => m.Name).ToHashSet(), 0, 100, null);
}
