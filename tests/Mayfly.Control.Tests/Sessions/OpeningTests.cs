using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Pools;

namespace Mayfly.Control.Tests.Sessions;

/// <summary>The steps of opening a desktop, and machines that wait for their owner to be turned on.</summary>
public sealed class OpeningTests : HouseTestBase
{
    [Fact]
    public async Task Opening_OneIsReady_FindsItAtOnce()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2, "ann");
        await house.AvailableAsync("p", 1);
        var steps = await ReadAsync(house, "ann");
        steps.Select(step => step.Step).ShouldBe([OpeningStep.Finding, OpeningStep.Ready]);
        (await house.OpenAsync("ann")).Id.ShouldBe(steps[^1].Session!.Id);
    }

    [Fact]
    public async Task Opening_NoneIsReady_TellsMakingThenPreparingThenReady()
    {
        var (making, preparing) = (new TaskCompletionSource<Fault?>(), new TaskCompletionSource());
        (Host.OnProvision, Host.OnCustomize) = ((_, _) => making.Task, (_, _) => preparing.Task);
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 0, 2, "ann");
        await using var steps = house.Broker.OpeningAsync("ann", "p", default).GetAsyncEnumerator();
        (await NextAsync(steps)).Step.ShouldBe(OpeningStep.Finding);
        (await NextAsync(steps)).Step.ShouldBe(OpeningStep.Making);
        making.SetResult(null);
        (await NextAsync(steps)).Step.ShouldBe(OpeningStep.Preparing);
        preparing.SetResult();
        var last = await NextAsync(steps);
        (last.Step, last.Fault, last.Session!.User).ShouldBe((OpeningStep.Ready, null, "ann"));
        (await steps.MoveNextAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Opening_RefusedOrTooLong_FailsWithTheFaultOfOpening()
    {
        Host.OnProvision = async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        await using var house = await StartAsync(o => o with { OpenWait = TimeSpan.FromMilliseconds(300) });
        await house.AddPoolAsync("p", 0, 2, "ann");
        var late = (await ReadAsync(house, "ann"))[^1];
        (late.Step, late.Fault!.Code, late.Session).ShouldBe((OpeningStep.Failed, ErrorCode.PoolExhausted, null));
        var foreign = await ReadAsync(house, "eve");
        foreign.Select(step => step.Step).ShouldBe([OpeningStep.Finding, OpeningStep.Failed]);
        foreign[^1].Fault.ShouldBe((await house.Broker.OpenAsync("eve", "p", default)).Fault);
    }

    [Fact]
    public async Task Opening_GivenUp_WaitsForNothingAnyMore()
    {
        Host.OnProvision = (_, _) => new TaskCompletionSource<Fault?>().Task;
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 0, 2, "ann");
        await using (var steps = house.Broker.OpeningAsync("ann", "p", default).GetAsyncEnumerator())
        {
            await NextAsync(steps);
            await NextAsync(steps);
            house.Get<PoolHealth>().WaitingFor("p").ShouldHaveSingleItem();
        }

        house.Get<PoolHealth>().WaitingFor("p").ShouldBeEmpty();
        Host.OnProvision = (_, _) => Task.FromResult<Fault?>(null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StartOnConnect_OwnMachineOff_StaysOffUntilItsOwnerOpensIt(bool inSession)
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(1) with { StartOnConnect = true }, "ann");
        await house.AvailableAsync("p", 1);
        var session = await house.OpenAsync("ann");
        if (!inSession) await house.LogOffAsync(session);
        var off = await house.MachineAsync(session.Machine);
        Time.Jump(TimeSpan.FromMinutes(5));
        Host.Crash(off.Id);
        await house.MachineHoldsAsync(session.Machine, m => m.State == MachineState.Provisioned, "it is off");
        await house.LookedAtAsync("p");
        (await house.MachineAsync(session.Machine)).State.ShouldBe(MachineState.Provisioned);
        var steps = await ReadAsync(house, "ann");
        steps.Select(step => step.Step).Distinct().ShouldContain(OpeningStep.Making);
        steps.Single(step => step.Step == OpeningStep.Making).Message.ShouldBe("Your desktop is being turned on.");
        var again = steps[^1].Session!;
        (again.Machine, again.Id == session.Id).ShouldBe((session.Machine, inSession));
        (await house.MachineAsync(session.Machine)).Id.ShouldBe(off.Id);
    }

    [Fact]
    public async Task StartOnConnect_SpareMachineOff_IsTurnedOnAtOnce()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(1) with { StartOnConnect = true });
        await house.AvailableAsync("p", 1);
        var machine = await house.MachineAsync("p-1");
        Time.Jump(TimeSpan.FromMinutes(5));
        Host.Crash(machine.Id);
        await house.MachineHoldsAsync("p-1", m => m.State == MachineState.Available && m.ProcessId != machine.ProcessId, "it runs again");
    }

    private static async Task<List<OpeningView>> ReadAsync(House house, string user)
    {
        var steps = new List<OpeningView>();
        await foreach (var step in house.Broker.OpeningAsync(user, "p", default)) steps.Add(step);
        return steps;
    }

    private static async Task<OpeningView> NextAsync(IAsyncEnumerator<OpeningView> steps)
    {
        (await steps.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1))).ShouldBeTrue();
        return steps.Current;
    }
}
