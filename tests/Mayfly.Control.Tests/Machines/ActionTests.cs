using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Machines;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Machines;

public sealed class ActionTests : HouseTestBase
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PowerCycle_KeptMachine_IsTurnedOffAndOnAndTheSessionStays(bool restart)
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated() with { PowerOff = ["/bin/sync"] }, "ann");
        var session = await house.OpenAsync("ann");
        var before = await house.MachineAsync(session.Machine);
        var scripts = 0;
        Host.OnExec = (_, _) =>
        {
            Interlocked.Increment(ref scripts);
            return Task.FromResult<Outcome<ExecResult>>(new ExecResult(0, "", "", false));
        };
        var actions = house.Get<MachineActions>();
        var after = (restart ? await actions.RestartAsync(session.Machine, "test", default) : await actions.ResetAsync(session.Machine, "test", default)).Value;
        (after.Id, after.State, after.ProcessId != before.ProcessId).ShouldBe((before.Id, MachineState.Disconnected, true));
        (Host.Stopped.ShouldHaveSingleItem().Grace > TimeSpan.Zero).ShouldBe(restart);
        scripts.ShouldBe(restart ? 1 : 0);
        (await house.OpenAsync("ann")).Id.ShouldBe(session.Id);
        (await house.EventKindsAsync()).ShouldContain(EventKinds.MachineAction);
    }

    [Fact]
    public async Task Reset_TwiceAtOnce_IsOneStop()
    {
        await using var house = await StartAsync();
        var (name, id) = await OwnedAsync(house);
        var stopping = new TaskCompletionSource();
        Host.OnStop = _ => stopping.Task;
        var actions = house.Get<MachineActions>();
        var both = new[] { actions.ResetAsync(name, "test", default), actions.ResetAsync(name, "test", default) };
        await Eventually.HoldsAsync(() => Task.FromResult(!Host.Stopped.IsEmpty), "it is being stopped");
        (await house.MachineAsync(name)).Operation.ShouldBe("reset");
        var other = (await actions.RestartAsync(name, "test", default)).Fault!;
        (other.Code, other.What).ShouldBe((ErrorCode.Busy, $"'{name}' is busy: reset is in progress."));
        (await house.Get<MachineHolding>().HoldAsync(name, "test", default)).Fault!.Code.ShouldBe(ErrorCode.Busy);
        stopping.SetResult();
        (await Task.WhenAll(both)).ShouldAllBe(answer => answer.Value.Id == id);
        Host.Stopped.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Reset_FloatingTwiceAtOnce_GivesOneFreshMachineOfTheSameName()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2);
        await house.AvailableAsync("p", 1);
        var before = await house.MachineAsync("p-1");
        var actions = house.Get<MachineActions>();
        var destroying = new TaskCompletionSource();
        Host.OnDestroy = _ => destroying.Task;
        var both = new[] { actions.ResetAsync("p-1", "test", default), actions.ResetAsync("p-1", "test", default) };
        destroying.SetResult();
        var after = await Task.WhenAll(both);
        after.ShouldAllBe(a => a.Value.Id != before.Id && a.Value.Mac == before.Mac && a.Value.State == MachineState.Available);
        Host.Destroyed.Count.ShouldBe(1);
        Host.Stopped.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reset_CallerGone_IsFinishedAllTheSame()
    {
        await using var house = await StartAsync();
        var (name, _) = await OwnedAsync(house);
        var stopping = new TaskCompletionSource();
        Host.OnStop = _ => stopping.Task;
        using var gone = new CancellationTokenSource();
        var reset = house.Get<MachineActions>().ResetAsync(name, "test", gone.Token);
        await Eventually.HoldsAsync(() => Task.FromResult(!Host.Stopped.IsEmpty), "it is being stopped");
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(reset);
        stopping.SetResult();
        await house.MachineHoldsAsync(name, m => m is { State: MachineState.Available, Operation: null }, "it runs again");
    }

    [Fact]
    public async Task Reset_MachineHeldBack_StaysHeldBack()
    {
        await using var house = await StartAsync();
        var (name, _) = await OwnedAsync(house);
        await house.Get<MachineHolding>().HoldAsync(name, "test", default);
        (await house.Get<MachineActions>().ResetAsync(name, "test", default)).Value.State.ShouldBe(MachineState.Maintenance);
        Host.Machines.Single(m => m.Hostname == name).Ready.ShouldBeTrue();
        (await house.Get<MachineHolding>().ReleaseAsync(name, "test", default)).Value.State.ShouldBe(MachineState.Available);
    }

    [Fact]
    public async Task Reset_OwnerLogsOffMeanwhileAndRefreshIsDue_GivesAFreshMachine()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(0) with { Refresh = RefreshRule.Always }, "ann");
        var session = await house.OpenAsync("ann");
        var id = (await house.MachineAsync(session.Machine)).Id;
        var stopping = new TaskCompletionSource();
        Host.OnStop = _ => stopping.Task;
        var reset = house.Get<MachineActions>().ResetAsync(session.Machine, "test", default);
        await Eventually.HoldsAsync(() => Task.FromResult(!Host.Stopped.IsEmpty), "it is being stopped");
        var logOff = house.LogOffAsync(session);
        await house.MachineHoldsAsync(session.Machine, m => m.State == MachineState.Deleting, "it is to go");
        stopping.SetResult();
        await logOff;
        (await reset).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);
        await house.MachineHoldsAsync(session.Machine, m => m.State == MachineState.Available && m.Id != id && m.Owner == "ann", "a fresh one is there");
    }

    [Fact]
    public async Task Delete_DuringARestart_InterruptsItAndLeavesNothing()
    {
        await using var house = await StartAsync();
        var (name, id) = await OwnedAsync(house);
        Host.OnStart = async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        var restart = house.Get<MachineActions>().RestartAsync(name, "test", default);
        await Eventually.HoldsAsync(() => Task.FromResult(!Host.Stopped.IsEmpty), "it has been stopped");
        (await house.Machines.DeleteAsync(name, "test", default)).Fault.ShouldBeNull();
        (await restart).Fault.ShouldNotBeNull();
        Host.Machines.ShouldNotContain(m => m.MachineId == id);
    }

    [Fact]
    public async Task Rebuild_OwnedMachine_IsAnotherWithItsNameMacAndOwner()
    {
        await using var house = await StartAsync();
        var (name, id) = await OwnedAsync(house);
        var mac = (await house.MachineAsync(name)).Mac;
        var after = (await house.Get<MachineActions>().RebuildAsync(name, "test", default)).Value;
        (after.Name, after.Mac, after.Owner, after.Id == id).ShouldBe((name, mac, "ann", false));
    }

    [Fact]
    public async Task Recover_MachineThatIsWell_IsRefused()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2);
        await house.AvailableAsync("p", 1);
        var actions = house.Get<MachineActions>();
        (await actions.RecoverAsync("p-1", "test", default)).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);
        (await actions.RecoverAsync("nobody", "test", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Recover_MachineThatCouldNotBeMade_IsMadeAgain()
    {
        await using var house = await StartAsync();
        Host.OnProvision = (_, _) => Task.FromResult<Fault?>(new Fault(ErrorCode.AgentSilent, "Silence."));
        await house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Spare = 1, Maximum = 1, Attempts = 1, StopOnError = true });
        await house.MachineHoldsAsync("p-1", m => m.State == MachineState.ProvisioningError, "it has failed");
        Host.OnProvision = (_, _) => Task.FromResult<Fault?>(null);
        (await house.Get<MachineActions>().RecoverAsync("p-1", "test", default)).Value.State.ShouldBe(MachineState.Available);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LogOff_PowerOffScript_RunsFirstAndKeepsNothingWhenItFails(bool fails)
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Spare = 0, Maximum = 2, PowerOff = ["/bin/save"], PowerOffTimeoutSeconds = 7 }, "ann");
        var session = await house.OpenAsync("ann");
        var alive = false;
        Host.OnExec = (id, request) =>
        {
            alive = request.Command[0] == "/bin/save" && request.TimeoutSeconds == 7 && Host.Machines.Any(m => m.MachineId == id);
            return Task.FromResult<Outcome<ExecResult>>(fails ? new Fault(ErrorCode.AgentSilent, "Silence.") : new ExecResult(0, "", "", false));
        };
        await house.LogOffAsync(session);
        alive.ShouldBeTrue();
        Host.Machines.ShouldBeEmpty();
        (await house.EventKindsAsync()).Contains(EventKinds.MachineScriptFailed).ShouldBe(fails);
    }

    [Fact]
    public async Task Destroy_SeenUnusedButOwnedMeanwhile_IsLeftAlone()
    {
        await using var house = await StartAsync();
        var (name, id) = await OwnedAsync(house);
        await house.Get<MachineDisposal>().BeginUnusedAsync(id, remake: false, default);
        (await house.MachineAsync(name)).State.ShouldBe(MachineState.Available);
        Host.Destroyed.ShouldNotContain(id);
    }

    [Fact]
    public async Task Destroy_SeenUnusedButLentMeanwhile_IsLeftAlone()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2, "ann");
        await house.AvailableAsync("p", 1);
        var seen = await house.MachineAsync("p-1");
        var session = await house.OpenAsync("ann");
        session.Machine.ShouldBe("p-1");
        await house.Get<MachineDisposal>().BeginUnusedAsync(seen.Id, remake: true, default);
        (await house.OpenAsync("ann")).Id.ShouldBe(session.Id);
        Host.Destroyed.ShouldNotContain(seen.Id);
    }

    private static async Task<(string Name, string Id)> OwnedAsync(House house)
    {
        await house.AddPoolAsync(Dedicated(0), "ann");
        var session = await house.OpenAsync("ann");
        await house.LogOffAsync(session);
        await house.MachineHoldsAsync(session.Machine, m => m.Operation is null, "nothing is being done to it");
        await house.LookedAtAsync("p");
        return (session.Machine, (await house.MachineAsync(session.Machine)).Id);
    }
}
