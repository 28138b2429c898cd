using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Machines;

namespace Mayfly.Control.Tests.Machines;

/// <summary>Maintenance and owners.</summary>
public sealed class HoldingTests : HouseTestBase
{
    [Fact]
    public async Task Hold_Machine_IsNotLentAndReplacedWithinTheMaximum()
    {
        await using var house = await StartAsync(o => o with { OpenWait = TimeSpan.FromMilliseconds(300) });
        await house.AddPoolAsync("p", 1, 2, "ann", "ben");
        await house.AvailableAsync("p", 1);
        var holding = house.Get<MachineHolding>();
        (await holding.HoldAsync("p-1", "test", default)).Value.State.ShouldBe(MachineState.Maintenance);
        // Opening waits for a moment only.
        await house.AvailableAsync("p", 1);
        (await house.OpenAsync("ann")).Machine.ShouldBe("p-2");
        (await house.Broker.OpenAsync("ben", "p", default)).Fault!.Code.ShouldBe(ErrorCode.PoolExhausted);
        Host.Most.ShouldBe(2);
        (await holding.HoldAsync("p-2", "test", default)).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);
        (await holding.ReleaseAsync("p-1", "test", default)).Value.State.ShouldBe(MachineState.Available);
        (await house.OpenAsync("ben")).Machine.ShouldBe("p-1");
        (await holding.ReleaseAsync("p-1", "test", default)).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);
    }

    [Fact]
    public async Task Hold_MachineThatCouldNotBeMade_StaysToBeLookedAt()
    {
        await using var house = await StartAsync();
        Host.OnProvision = (_, _) => Task.FromResult<Fault?>(new Fault(ErrorCode.AgentSilent, "Silence."));
        await house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Spare = 1, Maximum = 1, Attempts = 1, StopOnError = true });
        await house.MachineHoldsAsync("p-1", m => m.State == MachineState.ProvisioningError, "it has failed");
        (await house.Get<MachineHolding>().HoldAsync("p-1", "test", default)).Value.Fault!.What.ShouldBe("Silence.");
        await house.Get<MachineAudit>().CompareAsync(default);
        (await house.MachineAsync("p-1")).State.ShouldBe(MachineState.Maintenance);
        (await house.Get<MachineHolding>().ReleaseAsync("p-1", "test", default)).Value.State.ShouldBe(MachineState.ProvisioningError);
    }

    [Fact]
    public async Task Assign_FreeMachine_IsTheUsersAtTheNextLogin()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(2), "ann", "ben");
        await house.AvailableAsync("p", 2);
        var holding = house.Get<MachineHolding>();
        (await holding.AssignAsync("p-2", "ben", "test", default)).Value.Owner.ShouldBe("ben");
        (await holding.AssignAsync("p-2", "ben", "test", default)).Fault.ShouldBeNull();
        (await holding.AssignAsync("p-1", "ben", "test", default)).Fault!.Code.ShouldBe(ErrorCode.AlreadyExists);
        (await holding.AssignAsync("p-2", "ann", "test", default)).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);
        (await holding.AssignAsync("p-1", "nobody", "test", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        (await house.OpenAsync("ben")).Machine.ShouldBe("p-2");
    }

    [Fact]
    public async Task Assign_FloatingMachine_IsRefused()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 1, "ann");
        await house.AvailableAsync("p", 1);
        (await house.Get<MachineHolding>().AssignAsync("p-1", "ann", "test", default)).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);
    }

    [Fact]
    public async Task Assign_MachineBeingDestroyed_IsRefused()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(1, 1), "ann");
        await house.AvailableAsync("p", 1);
        var destroying = new TaskCompletionSource();
        Host.OnDestroy = _ => destroying.Task;
        var deleting = house.Machines.DeleteAsync("p-1", "test", default);
        await house.MachineHoldsAsync("p-1", m => m.State == MachineState.Deleting, "it is being destroyed");
        (await house.Get<MachineHolding>().AssignAsync("p-1", "ann", "test", default)).Fault.ShouldNotBeNull();
        destroying.SetResult();
        (await deleting).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Unassign_UsedMachine_GetsAFreshDiskBeforeAnotherHasIt()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(0, 1), "ann", "ben");
        var session = await house.OpenAsync("ann");
        var holding = house.Get<MachineHolding>();
        (await holding.UnassignAsync("p-1", "test", default)).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);
        await house.LogOffAsync(session);
        await house.LookedAtAsync("p");
        await house.MachineHoldsAsync("p-1", m => m.Operation is null, "nothing is being done to it");
        var before = await house.MachineAsync("p-1");
        (await holding.UnassignAsync("p-1", "test", default)).Value.Owner.ShouldBeNull();
        (await house.OpenAsync("ben")).Machine.ShouldBe("p-1");
        (await house.MachineAsync("p-1")).Id.ShouldNotBe(before.Id);
    }

    [Fact]
    public async Task Unassign_UnusedMachine_KeepsItsDisk()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(1, 1), "ann");
        await house.AvailableAsync("p", 1);
        var id = (await house.MachineAsync("p-1")).Id;
        await house.Get<MachineHolding>().AssignAsync("p-1", "ann", "test", default);
        (await house.Get<MachineHolding>().UnassignAsync("p-1", "test", default)).Value.Id.ShouldBe(id);
        (await house.Get<MachineHolding>().UnassignAsync("p-1", "test", default)).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);
    }

    [Fact]
    public async Task Trouble_WatchedMachine_IsConnectedAgainAfterwards()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2, "ann");
        var session = await house.OpenAsync("ann");
        await house.Desk.DisplayAsync(session.Id, opened: true);
        var id = (await house.MachineAsync(session.Machine)).Id;
        Host.Trouble(id);
        await house.MachineHoldsAsync(session.Machine, m => m.State == MachineState.AgentUnreachable, "it does not answer");
        Host.Recover(id);
        await house.MachineHoldsAsync(session.Machine, m => m.State == MachineState.Connected, "it is what it was");
        (await house.OpenAsync("ann")).Id.ShouldBe(session.Id);
    }
}
