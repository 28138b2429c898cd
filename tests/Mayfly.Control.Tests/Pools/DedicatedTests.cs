using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Machines;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Pools;

public sealed class DedicatedTests : HouseTestBase
{
    [Fact]
    public async Task LogOff_Dedicated_KeepsTheMachineForItsOwnerAlone()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(0, 1), "ann", "ben");
        var first = await house.OpenAsync("ann");
        var id = (await house.MachineAsync(first.Machine)).Id;
        await house.LogOffAsync(first);
        (await house.Broker.OpenAsync("ben", "p", default)).Fault!.Code.ShouldBe(ErrorCode.PoolExhausted);
        (await house.OpenAsync("ann")).Machine.ShouldBe(first.Machine);
        (await house.MachineAsync(first.Machine)).Id.ShouldBe(id);
        Host.Destroyed.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(RefreshRule.Never, 0, 0, false)]
    [InlineData(RefreshRule.Always, 0, 0, true)]
    [InlineData(RefreshRule.EveryDays, 0, 6, false)]
    [InlineData(RefreshRule.EveryDays, 0, 7, true)]
    [InlineData(RefreshRule.AtDiskSize, 15, 0, false)]
    [InlineData(RefreshRule.AtDiskSize, 16, 0, true)]
    public async Task LogOff_RefreshRule_GivesAFreshDiskUnderTheSameIdentityWhenDue(RefreshRule rule, int mib, int days, bool fresh)
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(0) with { Refresh = rule, RefreshDays = 7, RefreshDiskMib = 16 }, "ann");
        var session = await house.OpenAsync("ann");
        var before = await house.MachineAsync(session.Machine);
        Host.DiskBytes[before.Id] = (long)mib << 20;
        Time.Jump(TimeSpan.FromDays(days));
        await house.LogOffAsync(session);
        await house.MachineHoldsAsync(session.Machine, m => m.State == MachineState.Available, "it is ready again");
        var after = await house.MachineAsync(session.Machine);
        (after.Name, after.Mac, after.Owner).ShouldBe((before.Name, before.Mac, "ann"));
        (after.Id != before.Id).ShouldBe(fresh);
        (await house.OpenAsync("ann")).Machine.ShouldBe(session.Machine);
    }

    [Fact]
    public async Task Crash_InUse_IsStartedAgainAndTheSessionSurvives()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(), "ann");
        var session = await house.OpenAsync("ann");
        var before = await house.MachineAsync(session.Machine);
        Host.Crash(before.Id);
        await house.MachineHoldsAsync(session.Machine, m => m.State == MachineState.Disconnected && m.ProcessId != before.ProcessId, "it runs again");
        (await house.OpenAsync("ann")).Id.ShouldBe(session.Id);
        Host.Destroyed.ShouldBeEmpty();
    }

    [Fact]
    public async Task OffWithoutNews_IsFoundAndStarted()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(0), "ann");
        var machine = await house.MachineAsync((await house.OpenAsync("ann")).Machine);
        Host.TurnOff(machine.Id);
        await house.MachineHoldsAsync(machine.Name, m => m.ProcessId is { } process && process != machine.ProcessId, "it runs again");
    }

    [Fact]
    public async Task Restart_KeptMachinesOff_StartsThemAndKeepsSessions()
    {
        var first = await StartAsync();
        await first.AddPoolAsync(Dedicated(), "ann", "ben");
        var (ann, ben) = (await first.OpenAsync("ann"), await first.OpenAsync("ben"));
        await first.LogOffAsync(ben);
        var owned = new[] { (await first.MachineAsync(ann.Machine)).Id, (await first.MachineAsync(ben.Machine)).Id };
        await first.DisposeAsync();
        foreach (var machine in Host.Machines) Host.TurnOff(machine.MachineId);
        await using var second = await StartAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(Host.Machines.All(m => m.Ready)), "all run");
        (await second.OpenAsync("ann")).Id.ShouldBe(ann.Id);
        (await second.OpenAsync("ben")).Machine.ShouldBe(ben.Machine);
        // A spare one that was still being made when the house stopped is made anew.
        Host.Destroyed.Intersect(owned).ShouldBeEmpty();
    }

    [Fact]
    public async Task Restart_OwnedMachineHalfStarted_IsTurnedOffAndOnAndNeverDestroyed()
    {
        var first = await StartAsync();
        await first.AddPoolAsync(Dedicated(0), "ann");
        var machine = await first.MachineAsync((await first.OpenAsync("ann")).Machine);
        await first.DisposeAsync();
        Host.StartHalfway(machine.Id);
        await using var second = await StartAsync();
        await second.MachineHoldsAsync(machine.Name, m => m.State == MachineState.Disconnected, "it runs again");
        Host.Machines.ShouldHaveSingleItem().Ready.ShouldBeTrue();
        Host.Destroyed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stop_ToldToStopMachines_KeepsOwnedOnes()
    {
        var first = await StartAsync(o => o with { StopMachinesOnExit = true });
        await first.AddPoolAsync(Dedicated(2), "ann");
        var session = await first.OpenAsync("ann");
        var id = (await first.MachineAsync(session.Machine)).Id;
        await first.AvailableAsync("p", 2);
        await first.DisposeAsync();
        Host.Machines.ShouldHaveSingleItem().MachineId.ShouldBe(id);
        await using var second = await StartAsync();
        var again = await second.OpenAsync("ann");
        (again.Machine, again.Id == session.Id).ShouldBe((session.Machine, false));
    }

    [Fact]
    public async Task Open_OwnMachineHeldBack_IsRefusedClearly()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(), "ann");
        var session = await house.OpenAsync("ann");
        await house.LogOffAsync(session);
        (await house.Get<MachineHolding>().HoldAsync(session.Machine, "test", default)).Fault.ShouldBeNull();
        var fault = (await house.Broker.OpenAsync("ann", "p", default)).Fault!;
        (fault.Code, fault.Why).ShouldBe((ErrorCode.MachineStateWrong, "An administrator holds it back for maintenance."));
        (await house.Get<MachineHolding>().ReleaseAsync(session.Machine, "test", default)).Fault.ShouldBeNull();
        (await house.OpenAsync("ann")).Machine.ShouldBe(session.Machine);
    }

    [Fact]
    public async Task Start_FailsEachTime_EndsInErrorUntilItIsRecovered()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(0) with { Attempts = 2 }, "ann");
        var session = await house.OpenAsync("ann");
        var starts = 0;
        Host.OnStart = (_, _) =>
        {
            Interlocked.Increment(ref starts);
            return Task.FromResult<Fault?>(new Fault(ErrorCode.MachineStartFailed, "It does not boot."));
        };
        // A crash right after READY would count as a failure of its own.
        Time.Jump(TimeSpan.FromMinutes(5));
        Host.Crash((await house.MachineAsync(session.Machine)).Id);
        await house.MachineHoldsAsync(session.Machine, m => m.State == MachineState.Error, "it is in error");
        (await house.MachineAsync(session.Machine)).Fault!.What.ShouldBe("It does not boot.");
        starts.ShouldBe(2);
        Host.OnStart = (_, _) => Task.FromResult<Fault?>(null);
        (await house.Get<MachineActions>().RecoverAsync(session.Machine, "test", default)).Value.State.ShouldBe(MachineState.Disconnected);
        (await house.OpenAsync("ann")).Id.ShouldBe(session.Id);
    }

    [Fact]
    public async Task Start_HostRefuses_IsTriedOnWithoutCountingAsAFailure()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(0) with { Attempts = 1 }, "ann");
        var session = await house.OpenAsync("ann");
        var refusals = 2;
        Host.OnStart = (_, _) => Task.FromResult(Interlocked.Decrement(ref refusals) >= 0 ? new Fault(ErrorCode.HostMemoryLow, "Too little memory.") : null);
        Host.Crash((await house.MachineAsync(session.Machine)).Id);
        await house.MachineHoldsAsync(session.Machine, m => m.State == MachineState.Disconnected, "it runs again");
    }

    [Fact]
    public async Task Crash_RightAfterEachStart_EndsInErrorRatherThanInALoop()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(0) with { Attempts = 3 }, "ann");
        var session = await house.OpenAsync("ann");
        var id = (await house.MachineAsync(session.Machine)).Id;
        var starts = 0;
        Host.OnStart = (_, _) =>
        {
            Interlocked.Increment(ref starts);
            return Task.FromResult<Fault?>(null);
        };
        await Eventually.HoldsAsync(async () =>
        {
            if (Host.Machines.Single().Ready) Host.Crash(id);
            return (await house.MachineAsync(session.Machine)).State == MachineState.Error;
        }, "it is in error", 20);
        starts.ShouldBeLessThanOrEqualTo(3);
        Host.Destroyed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Crash_BeforeTheStartIsWrittenDown_IsNoticed()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(0), "ann");
        var session = await house.OpenAsync("ann");
        var id = (await house.MachineAsync(session.Machine)).Id;
        var crashes = 1;
        Host.OnStart = (_, _) =>
        {
            if (Interlocked.Decrement(ref crashes) == 0) _ = Eventually.HoldsAsync(() => Task.FromResult(CrashOnceReady(id)), "it runs");
            return Task.FromResult<Fault?>(null);
        };
        Host.Crash(id);
        await Eventually.HoldsAsync(() => Task.FromResult(crashes < 0 && Host.Machines.Single().Ready), "it runs again");
        await house.MachineHoldsAsync(session.Machine, m => m.State == MachineState.Disconnected, "and the row says so");
    }

    private bool CrashOnceReady(string id)
    {
        if (Host.Machines.FirstOrDefault(m => m.MachineId == id) is not { Ready: true }) return false;
        Host.Crash(id);
        return true;
    }

    [Fact]
    public async Task Open_OwnMachineOff_MakesNoOtherOne()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(0), "ann");
        var session = await house.OpenAsync("ann");
        await house.LogOffAsync(session);
        var starting = new TaskCompletionSource<Fault?>();
        Host.OnStart = (_, _) => starting.Task;
        Host.Crash((await house.MachineAsync(session.Machine)).Id);
        await house.MachineHoldsAsync(session.Machine, m => m.Operation == "start", "it is being started");
        var opening = house.OpenAsync("ann");
        await house.LookedAtAsync("p");
        starting.SetResult(null);
        (await opening).Machine.ShouldBe(session.Machine);
        Host.Provisioned.Count(request => request.Hostname.StartsWith("p-", StringComparison.Ordinal)).ShouldBe(1);
    }
}
