using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Events;
using Mayfly.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace Mayfly.Control.Tests.Pools;

public sealed class ReconcileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeMachineHost _host = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Pool_AgentSilentOnce_IsAnEventAndTheCloneIsReplaced()
    {
        var failures = 1;
        _host.OnProvision = (_, _) => Task.FromResult(Interlocked.Decrement(ref failures) >= 0 ? new Fault(ErrorCode.AgentSilent, "The agent said nothing.") : null);
        await using var house = await House.StartAsync(_directory.Root, _host);
        await house.AddPoolAsync("p", 1, 2);
        await house.AvailableAsync("p", 1);
        (await house.EventKindsAsync()).ShouldContain(EventKinds.MachineFailed);
        (await house.Pools.FindAsync("p", default)).Value.Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Pool_HostRefuses_ShowsTheProblemAndRests()
    {
        _host.OnProvision = (_, _) => Task.FromResult<Fault?>(new Fault(ErrorCode.HostMemoryLow, "Too little memory."));
        // The clock stands still, so that the rest is not over before it is looked at.
        await using var house = await House.StartAsync(_directory.Root, _host, time: new FakeTimeProvider());
        await house.AddPoolAsync("p", 1, 2);
        await Eventually.HoldsAsync(async () => (await house.Pools.FindAsync("p", default)).Value is { Problem.Code: ErrorCode.HostMemoryLow, Total: 0 }, "the problem shows");
        _host.Provisioned.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Pool_ManyWanted_KeepsForksInFlightBelowTheLimit()
    {
        var (now, most) = (0, 0);
        _host.OnProvision = async (_, _) =>
        {
            var running = Interlocked.Increment(ref now);
            lock (_host) most = Math.Max(most, running);
            await Task.Delay(20);
            Interlocked.Decrement(ref now);
            return null;
        };
        await using var house = await House.StartAsync(_directory.Root, _host, o => o with { ForkLimit = 3 });
        await house.AddPoolAsync("p", 12, 12);
        await house.AddPoolAsync("q", 5, 5);
        await house.AvailableAsync("p", 12);
        await house.AvailableAsync("q", 5);
        most.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task Pool_Created_TellsTheHostWhichShellsToExpect()
    {
        await using var house = await House.StartAsync(_directory.Root, _host);
        await house.AddPoolAsync("p", 1, 2);
        await Eventually.HoldsAsync(() => Task.FromResult(_host.Expected.Count == 1), "shells are expected");
    }

    [Fact]
    public async Task Delete_PoolWithSpares_DestroysThemAndGoes()
    {
        await using var house = await House.StartAsync(_directory.Root, _host);
        await house.AddPoolAsync("p", 2, 3);
        await house.AvailableAsync("p", 2);
        (await house.Pools.DeleteAsync("p", force: false, "test", default)).Fault.ShouldBeNull();
        _host.Machines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_PoolInUse_IsRefusedUnlessForced()
    {
        await using var house = await House.StartAsync(_directory.Root, _host);
        await house.AddPoolAsync("p", 1, 3, "ann");
        await house.Broker.OpenAsync("ann", "p", default);
        (await house.Pools.DeleteAsync("p", force: false, "test", default)).Fault!.Code.ShouldBe(ErrorCode.Busy);
        (await house.Pools.DeleteAsync("p", force: true, "test", default)).Fault.ShouldBeNull();
        _host.Machines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_MachineStillBeingForked_CancelsTheForkAndLeavesNothing()
    {
        _host.OnProvision = async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        await using var house = await House.StartAsync(_directory.Root, _host);
        await house.AddPoolAsync("p", 1, 1);
        await Eventually.HoldsAsync(() => Task.FromResult(!_host.Provisioned.IsEmpty), "the fork has begun");
        _host.OnProvision = (_, _) => Task.FromResult<Fault?>(null);
        (await house.Machines.DeleteAsync("p-1", "test", default)).Fault.ShouldBeNull();
        await house.AvailableAsync("p", 1);
        _host.Machines.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Fork_AtMaximum_IsRefused()
    {
        await using var house = await House.StartAsync(_directory.Root, _host);
        await house.AddPoolAsync("p", 1, 2);
        await house.AvailableAsync("p", 1);
        (await house.Machines.ForkAsync("p", default)).Value.State.ShouldBe(MachineState.Available);
        (await house.Machines.ForkAsync("p", default)).Fault!.Code.ShouldBe(ErrorCode.PoolExhausted);
    }

    [Fact]
    public async Task Restart_AfterACrash_KeepsSessionsAndClearsTheRest()
    {
        string kept, lost, session;
        var first = await House.StartAsync(_directory.Root, _host);
        await first.AddPoolAsync("p", 2, 4, "ann", "ben");
        var ann = (await first.Broker.OpenAsync("ann", "p", default)).Value;
        var ben = (await first.Broker.OpenAsync("ben", "p", default)).Value;
        await first.AvailableAsync("p", 2);
        (kept, lost, session) = ((await first.Desk.MachineOfAsync(ann.Id, "ann", default))!, (await first.Desk.MachineOfAsync(ben.Id, "ben", default))!, ann.Id);
        await first.DisposeAsync();
        _host.Vanish(lost);
        _host.AddStray("stray");

        await using var second = await House.StartAsync(_directory.Root, _host);
        (await second.Desk.MachineOfAsync(session, "ann", default)).ShouldBe(kept);
        (await second.Desk.MachineOfAsync(ben.Id, "ben", default)).ShouldBeNull();
        _host.Machines.ShouldNotContain(m => m.MachineId == "stray");
        await second.AvailableAsync("p", 2);
        (await second.Broker.OpenAsync("ann", "p", default)).Value.Id.ShouldBe(session);
    }

    [Fact]
    public async Task Restart_ForkHalfDone_LeavesNoMachineAndNoRow()
    {
        _host.OnProvision = async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        var first = await House.StartAsync(_directory.Root, _host);
        await first.AddPoolAsync("p", 1, 1);
        await Eventually.HoldsAsync(() => Task.FromResult(!_host.Provisioned.IsEmpty), "the fork has begun");
        var halfMade = _host.Provisioned.First().MachineId;
        await first.DisposeAsync();
        _host.AddStray(halfMade, ready: false);
        _host.OnProvision = (_, _) => Task.FromResult<Fault?>(null);

        await using var second = await House.StartAsync(_directory.Root, _host);
        await second.AvailableAsync("p", 1);
        _host.Destroyed.ShouldContain(halfMade);
        (await second.Machines.ListAsync(PoolScope.House, default)).ShouldHaveSingleItem().Id.ShouldNotBe(halfMade);
    }

    [Fact]
    public async Task Stop_ToldToStopMachines_LeavesNone()
    {
        var house = await House.StartAsync(_directory.Root, _host, o => o with { StopMachinesOnExit = true });
        await house.AddPoolAsync("p", 2, 4, "ann");
        await house.Broker.OpenAsync("ann", "p", default);
        await house.DisposeAsync();
        _host.Machines.ShouldBeEmpty();
        await using var again = await House.StartAsync(_directory.Root, _host);
        await again.AvailableAsync("p", 2);
    }
}
