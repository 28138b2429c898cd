using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Events;
using Mayfly.Control.Hosts;
using Mayfly.Control.Machines;
using Mayfly.Control.Sessions;
using Mayfly.Control.Settings;
using Mayfly.Engine;
using Mayfly.HostKit;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Hosts;

/// <summary>A server without machines of its own, and two hosts that it talks to over the real wire.</summary>
public sealed class ManyHostsTests : HouseTestBase, IAsyncLifetime
{
    private static readonly FleetOptions Fleet = new(OwnRuns: false) { Lease = HostOfHouse.Lease };

    private House _house = null!;
    private HostOfHouse _first = null!;
    private HostOfHouse _second = null!;

    public async ValueTask InitializeAsync()
    {
        (_first, _second) = (await HostOfHouse.StartAsync(join: false), await HostOfHouse.StartAsync(join: false));
        _house = await StartAsync(hosts: Fleet);
        (await _house.Get<HostBook>().AddAsync(new AddHostRequest(_first.Token.ToString(), "h1"), "test", default)).Fault.ShouldBeNull();
        (await _house.Get<HostBook>().AddAsync(new AddHostRequest(_second.Token.ToString(), "h2"), "test", default)).Fault.ShouldBeNull();
        await Eventually.HoldsAsync(async () => (await ListAsync()).All(host => host.State == HostState.Online), "both are online");
    }

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        Dispose();
    }

    [Fact]
    public async Task Provision_HostsWithMemoryFree_IsWhereMostIsFree()
    {
        await HaveTheImageAsync();
        _first.Machines.AvailableBytes = 1L << 30;
        await Eventually.HoldsAsync(async () => (await ListAsync())[0].AvailableBytes == 1L << 30, "it is heard of");

        await _house.AddPoolAsync("p", spare: 3, maximum: 3);
        await _house.AvailableAsync("p", 3);

        _second.Machines.Machines.Count.ShouldBe(3);
        (await _house.MachineAsync("p-1")).Host.ShouldBe("h2");
        (await ListAsync()).ShouldAllBe(host => host.Machines == (host.Name == "h2" ? 3 : 0));
    }

    [Fact]
    public async Task Provision_PackedHouse_IsWhereLeastIsFree()
    {
        await HaveTheImageAsync();
        (await _house.Get<SettingsStore>().ChangeAsync(new HouseSettings { Placement = PlacementRule.Pack }, "test", default)).Fault.ShouldBeNull();
        _first.Machines.AvailableBytes = 1L << 30;
        await Eventually.HoldsAsync(async () => (await ListAsync())[0].AvailableBytes == 1L << 30, "it is heard of");

        await _house.AddPoolAsync("p", spare: 1, maximum: 3);
        await _house.AvailableAsync("p", 1);

        (await _house.MachineAsync("p-1")).Host.ShouldBe("h1");
    }

    [Fact]
    public async Task Provision_HostRefuses_IsElsewhere()
    {
        _first.Machines.AvailableBytes = 7L << 30;
        _first.Machines.OnProvision = (_, _) => Task.FromResult<Fault?>(new Fault(ErrorCode.HostMemoryLow, "No memory."));
        await Eventually.HoldsAsync(async () => (await ListAsync())[0].AvailableBytes == 7L << 30, "it is heard of");

        await _house.AddPoolAsync("p", spare: 1, maximum: 1);
        await _house.AvailableAsync("p", 1);

        (await _house.MachineAsync("p-1")).Host.ShouldBe("h2");
    }

    [Fact]
    public async Task HostLost_MachinesNobodyUses_AreElsewhere()
    {
        await OnFirstAsync("p", spare: 2, maximum: 2);

        await _first.StopAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(_second.Machines.Machines.Count == 2), "they are made elsewhere");
        await _house.AvailableAsync("p", 2);
        (await ListAsync())[0].State.ShouldBe(HostState.Lost);

        // What runs there still is nobody's when it is back.
        await _first.RestartAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(_first.Machines.Machines.Count == 0), "what it has is destroyed");
        (await _house.PoolAsync()).Available.ShouldBe(2);
        var kinds = await _house.EventKindsAsync();
        kinds.ShouldContain(EventKinds.HostLost);
        kinds.ShouldContain(EventKinds.HostFound);
    }

    [Fact]
    public async Task HostLost_UserWantsADesktop_HasOneElsewhereAndTheOldOneGoes()
    {
        await OnFirstAsync("p", spare: 1, maximum: 4, "ann");
        var before = await _house.OpenAsync("ann");
        await _first.StopAsync();
        await LostAsync();

        var after = await _house.OpenAsync("ann");

        after.Id.ShouldNotBe(before.Id);
        (await _house.MachineAsync(after.Machine)).Host.ShouldBe("h2");
        (await _house.Get<SessionReader>().FindAsync(before.Id, default)).Value.EndedBy.ShouldBe(SessionEnds.HostLost);
        await _first.RestartAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(_first.Machines.Machines.Count == 0), "the old one is destroyed");
    }

    [Fact]
    public async Task HostLostAndBack_UserWaited_HasTheSameDesktop()
    {
        await OnFirstAsync("p", spare: 1, maximum: 4, "ann");
        var before = await _house.OpenAsync("ann");
        await _first.StopAsync();
        await LostAsync();
        await _house.MachineHoldsAsync(before.Machine, machine => machine.State == MachineState.AgentUnreachable, "it is known to be out of reach");

        await _first.RestartAsync();
        await _house.MachineHoldsAsync(before.Machine, machine => machine.State == MachineState.Disconnected, "it is as it was");

        (await _house.OpenAsync("ann")).Id.ShouldBe(before.Id);
    }

    [Fact]
    public async Task Drain_Host_KeepsWhatIsInUseAndMovesTheRest()
    {
        await OnFirstAsync("p", spare: 2, maximum: 4, "ann");
        var session = await _house.OpenAsync("ann");
        await _house.AvailableAsync("p", 2);

        await DrainAsync("h1", true);
        await Eventually.HoldsAsync(() => Task.FromResult(_first.Machines.Machines.Count == 1 && _second.Machines.Machines.Count == 2), "the rest is elsewhere");
        await _house.LogOffAsync(session);
        await Eventually.HoldsAsync(() => Task.FromResult(_first.Machines.Machines.Count == 0), "it is empty");

        // Empty, it can go.
        (await _house.Get<HostBook>().RemoveAsync("h1", "test", default)).Fault.ShouldBeNull();
        (await ListAsync()).ShouldHaveSingleItem().Name.ShouldBe("h2");
        _first.Identity.Joined.ShouldBeFalse();
    }

    [Fact]
    public async Task Drain_EveryHost_PoolWaitsAndGoesOnWhenOneIsBack()
    {
        await DrainAsync("h1", true);
        await DrainAsync("h2", true);
        await _house.AddPoolAsync("p", spare: 1, maximum: 1);
        await _house.PoolHoldsAsync("p", pool => pool.Problem?.Code == ErrorCode.NoHost, "it says why");

        await DrainAsync("h2", false);

        await _house.AvailableAsync("p", 1);
    }

    [Fact]
    public async Task Remove_HostWithMachines_IsRefusedUnlessItIsLost()
    {
        await OnFirstAsync("p", spare: 1, maximum: 1);
        (await _house.Get<HostBook>().RemoveAsync("h1", "test", default)).Fault!.Code.ShouldBe(ErrorCode.Busy);

        await _first.StopAsync();
        await LostAsync();

        (await _house.Get<HostBook>().RemoveAsync("h1", "test", default)).Fault.ShouldBeNull();
        await _house.AvailableAsync("p", 1);
    }

    [Fact]
    public async Task ServerRestarted_HostsRun_NothingChanges()
    {
        await OnFirstAsync("p", spare: 1, maximum: 4, "ann");
        var before = await _house.OpenAsync("ann");
        await _house.AvailableAsync("p", 1);
        await _house.DisposeAsync();

        _house = await StartAsync(hosts: Fleet with { Lease = HostOfHouse.LongLease });

        (await _house.OpenAsync("ann")).Id.ShouldBe(before.Id);
        (await _house.EventKindsAsync()).ShouldNotContain(EventKinds.MachineUnreachable);
        _first.Machines.Destroyed.ShouldBeEmpty();
        _second.Machines.Destroyed.ShouldBeEmpty();
    }

    [Fact]
    public async Task ServerRestarted_HostDown_KeepsWhatIsInUseUntilItIsBack()
    {
        await OnFirstAsync("p", spare: 1, maximum: 1, "ann");
        var before = await _house.OpenAsync("ann");
        await _house.DisposeAsync();
        await _first.StopAsync();

        _house = await StartAsync(hosts: Fleet);
        await _house.MachineHoldsAsync(before.Machine, machine => machine.State == MachineState.AgentUnreachable, "it is known to be out of reach");
        await _first.RestartAsync();

        await _house.MachineHoldsAsync(before.Machine, machine => machine.State == MachineState.Disconnected, "it is back");
        (await _house.OpenAsync("ann")).Id.ShouldBe(before.Id);
    }

    [Fact]
    public async Task List_MachinesOfAHost_AreThoseThere()
    {
        await OnFirstAsync("p", spare: 2, maximum: 2);

        (await OfHostAsync("h1")).ShouldBe(["p-1", "p-2"]);
        (await OfHostAsync("h2")).ShouldBeEmpty();
        (await OfHostAsync(Environment.MachineName)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Examine_Host_IsThatHostUnlessItIsLostOrThereIsNone()
    {
        (await ExamineAsync("h1")).Value.Accelerator.ShouldBe("tcg");
        (await ExamineAsync(Environment.MachineName)).Fault!.Code.ShouldBe(ErrorCode.NotFound);

        await _first.StopAsync();
        await LostAsync();

        (await ExamineAsync("h1")).Fault!.Code.ShouldBe(ErrorCode.HostUnreachable);
    }

    [Fact]
    public async Task Add_NotAToken_IsRefused()
    {
        (await _house.Get<HostBook>().AddAsync(new AddHostRequest("https://h:1"), "test", default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        await using var third = await HostOfHouse.StartAsync(join: false);
        (await _house.Get<HostBook>().AddAsync(new AddHostRequest(third.Token.ToString(), "h2"), "test", default)).Fault!.Code.ShouldBe(ErrorCode.AlreadyExists);
        (await _house.Get<HostBook>().AddAsync(new AddHostRequest(third.Token.ToString(), "No Name"), "test", default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        third.Identity.Joined.ShouldBeFalse();
    }

    private Task<IReadOnlyList<HostView>> ListAsync() => _house.Get<HostBook>().ListAsync(default);

    private Task<Outcome<DoctorReport>> ExamineAsync(string name) => _house.Get<HostBook>().ExamineAsync(name, default);

    private async Task<IEnumerable<string>> OfHostAsync(string host) =>
        (await _house.Get<MachineCatalog>().PageAsync(PoolScope.House, new MachineFilter { Host = host }, null, 100, default)).Items.Select(machine => machine.Name);

    private async Task DrainAsync(string name, bool maintenance)
    {
        var changed = (await _house.Get<HostBook>().ChangeAsync(name, new ChangeHostRequest(maintenance), "test", default)).Value;
        (changed.Maintenance, changed.State).ShouldBe((maintenance, maintenance ? HostState.Maintenance : HostState.Online));
    }

    private Task LostAsync() => Eventually.HoldsAsync(async () => (await ListAsync())[0].State == HostState.Lost, "the first host is lost");

    /// <summary>Both hosts have the image then: else the first to have it gets machines before memory is looked at.</summary>
    private async Task HaveTheImageAsync()
    {
        var request = new ProvisionRequest("any", "any", new ImageVersion("micro", "v1"));
        foreach (var remote in _house.Get<HostFleet>().Remotes)
            (await _house.Get<HostImages>().ReadyAsync(new PlacedHost(remote.Name, remote.Machines), request, default)).ShouldBeNull();
    }

    /// <summary>Makes a pool whose machines are on the first host.</summary>
    private async Task OnFirstAsync(string pool, int spare, int maximum, params string[] users)
    {
        await HaveTheImageAsync();
        _second.Machines.AvailableBytes = 1L << 30;
        await Eventually.HoldsAsync(async () => (await ListAsync())[1].AvailableBytes == 1L << 30, "it is heard of");
        await _house.AddPoolAsync(pool, spare, maximum, users);
        await _house.AvailableAsync(pool, spare);
        _first.Machines.Machines.Count.ShouldBe(spare);
    }
}
