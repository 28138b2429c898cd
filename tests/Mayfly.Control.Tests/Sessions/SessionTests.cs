using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Sessions;

public sealed class SessionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeMachineHost _host = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Open_TwoUsersOneMachine_OnlyOneGetsIt()
    {
        await using var house = await House.StartAsync(_directory.Root, _host, o => o with { OpenWait = TimeSpan.FromMilliseconds(300) });
        await house.AddPoolAsync("one", 1, 1, "ann", "ben");
        await house.AvailableAsync("one", 1);
        var answers = await Task.WhenAll(house.Broker.OpenAsync("ann", "one", default), house.Broker.OpenAsync("ben", "one", default));
        answers.Count(a => a.Fault is null).ShouldBe(1);
        answers.Single(a => a.Fault is not null).Fault!.Code.ShouldBe(ErrorCode.PoolExhausted);
    }

    [Fact]
    public async Task Open_FiftyAtOnce_EachGetsAMachineOfTheirOwn()
    {
        // Fifty machines on a machine that has other work take their time.
        await using var house = await House.StartAsync(_directory.Root, _host, o => o with { OpenWait = TimeSpan.FromMinutes(3) });
        var users = Enumerable.Range(1, 50).Select(n => $"user{n}").ToArray();
        await house.AddPoolAsync("many", 10, 50, users);
        var answers = await Task.WhenAll(users.Select(user => house.Broker.OpenAsync(user, "many", default)));
        answers.ShouldAllBe(a => a.Fault == null);
        answers.Select(a => a.Value.Machine).Distinct().Count().ShouldBe(50);
        _host.Most.ShouldBeLessThanOrEqualTo(50);
    }

    [Fact]
    public async Task Open_SameUserManyTimes_IsOneSession()
    {
        await using var house = await House.StartAsync(_directory.Root, _host);
        await house.AddPoolAsync("p", 3, 5, "ann");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => house.Broker.OpenAsync("ann", "p", default)));
        answers.Select(a => a.Value.Id).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Open_NoSpareKept_ForksOnDemand()
    {
        await using var house = await House.StartAsync(_directory.Root, _host);
        await house.AddPoolAsync("p", 0, 2, "ann");
        (await house.Broker.OpenAsync("ann", "p", default)).Value.Machine.ShouldBe("p-1");
    }

    [Theory]
    [InlineData("p")]
    [InlineData("nowhere")]
    public async Task Open_NotEntitled_IsForbiddenWhetherOrNotThePoolExists(string pool)
    {
        await using var house = await House.StartAsync(_directory.Root, _host);
        await house.AddPoolAsync("p", 1, 2);
        (await house.Broker.OpenAsync("eve", pool, default)).Fault!.Code.ShouldBe(ErrorCode.Forbidden);
    }

    [Fact]
    public async Task LogOff_Session_DestroysTheMachineAndThePoolMakesAnother()
    {
        await using var house = await House.StartAsync(_directory.Root, _host);
        await house.AddPoolAsync("p", 1, 2, "ann");
        var session = (await house.Broker.OpenAsync("ann", "p", default)).Value;
        var machineId = await house.Desk.MachineOfAsync(session.Id, "ann", default);
        (await house.Desk.LogOffAsync(session.Id, "ann", "ann", default)).Fault.ShouldBeNull();
        _host.Machines.ShouldNotContain(m => m.MachineId == machineId);
        (await house.Desk.LogOffAsync(session.Id, "ann", "ann", default)).Fault.ShouldBeNull();
        var next = (await house.Broker.OpenAsync("ann", "p", default)).Value;
        (await house.Desk.MachineOfAsync(next.Id, "ann", default)).ShouldNotBe(machineId);
        (await house.EventKindsAsync()).ShouldContain(EventKinds.SessionEnded);
    }

    [Fact]
    public async Task LogOff_SomebodyElsesSession_IsNotFound()
    {
        await using var house = await House.StartAsync(_directory.Root, _host);
        await house.AddPoolAsync("p", 1, 2, "ann");
        var session = (await house.Broker.OpenAsync("ann", "p", default)).Value;
        (await house.Desk.LogOffAsync(session.Id, "eve", "eve", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        (await house.Desk.MachineOfAsync(session.Id, "eve", default)).ShouldBeNull();
    }

    [Fact]
    public async Task MachineCrash_InUse_EndsTheSessionWithAnEvent()
    {
        await using var house = await House.StartAsync(_directory.Root, _host);
        await house.AddPoolAsync("p", 1, 2, "ann");
        var session = (await house.Broker.OpenAsync("ann", "p", default)).Value;
        var machineId = await house.Desk.MachineOfAsync(session.Id, "ann", default);
        _host.Crash(machineId!);
        await Eventually.HoldsAsync(async () => await house.Desk.MachineOfAsync(session.Id, "ann", default) is null, "the session has ended");
        await house.AvailableAsync("p", 1);
        (await house.EventKindsAsync()).ShouldContain(EventKinds.MachineExited);
    }

    [Fact]
    public async Task Display_OpenedAndClosed_ShowsInTheMachinesState()
    {
        await using var house = await House.StartAsync(_directory.Root, _host);
        await house.AddPoolAsync("p", 1, 2, "ann");
        var session = (await house.Broker.OpenAsync("ann", "p", default)).Value;
        await house.Desk.DisplayAsync(session.Id, opened: true);
        await house.Desk.DisplayAsync(session.Id, opened: true);
        await house.Desk.DisplayAsync(session.Id, opened: false);
        (await house.Machines.FindAsync(session.Machine, default)).Value.State.ShouldBe(MachineState.Connected);
        await house.Desk.DisplayAsync(session.Id, opened: false);
        (await house.Machines.FindAsync(session.Machine, default)).Value.State.ShouldBe(MachineState.Disconnected);
    }
}
