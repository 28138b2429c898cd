using System.Collections.Concurrent;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Hosts;
using Mayfly.Engine;
using Mayfly.Engine.Exchange;
using Mayfly.Engine.Shipping;
using Mayfly.HostKit;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Hosts;

/// <summary>What is carried between a server and its hosts: images, packages, volumes.</summary>
public sealed class CarryingTests : HouseTestBase, IAsyncLifetime
{
    private static readonly ImageVersion Micro = new("micro", "v1");

    private static readonly FleetOptions Fleet = new(OwnRuns: false) { Lease = HostOfHouse.Lease, Tend = TimeSpan.FromMilliseconds(300) };

    private House _house = null!;
    private HostOfHouse _host = null!;
    private Cable _cable = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await HostOfHouse.StartAsync(join: false);
        _cable = await _host.CableAsync();
        _house = await StartAsync(hosts: Fleet);
        (await _house.Get<HostBook>().AddAsync(new AddHostRequest((_host.Token with { Port = _cable.Port }).ToString(), "h1"), "test", default)).Fault.ShouldBeNull();
    }

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        await _cable.DisposeAsync();
        await _host.DisposeAsync();
        Dispose();
    }

    [Fact]
    public async Task Provision_ImageNotThere_IsShippedOnceGoldenFirst()
    {
        // Long enough that the three meet.
        _host.Shipping.OnBegin = async _ =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200));
            return null;
        };

        await _house.AddPoolAsync("p", spare: 3, maximum: 3);
        await _house.AvailableAsync("p", 3);

        _host.Shipping.Arrived.ShouldBe([Cargo.Golden(Micro), Cargo.Warm(Micro)]);
    }

    [Fact]
    public async Task Provision_WarmImageDoesNotFit_IsPublishedThere()
    {
        var published = 0;
        _host.Shipping.OnBegin = offer => Task.FromResult(offer.Cargo.Kind == CargoKind.Warm ? new Fault(ErrorCode.WarmImageForeign, "Another CPU.") : null);
        _host.Images.OnWork = (_, _) =>
        {
            published++;
            return Task.FromResult<Fault?>(null);
        };

        await _house.AddPoolAsync("p", spare: 1, maximum: 1);
        await _house.AvailableAsync("p", 1);

        published.ShouldBe(1);
        _host.Shipping.Arrived.ShouldBe([Cargo.Golden(Micro)]);
    }

    [Fact]
    public async Task Publish_ServerThatRunsNoMachines_IsDoneOnAHostAndBroughtHome()
    {
        var (cold, there, here) = (new ImageVersion("cold", "c1"), 0, 0);
        _host.Images.OnWork = (_, _) => Task.FromResult<Fault?>(++there > 1 ? new Fault(ErrorCode.PublishFailed, "Twice.") : null);
        Images.OnWork = (_, _) => Task.FromResult<Fault?>(++here > 0 ? new Fault(ErrorCode.PublishFailed, "Here.") : null);

        await Eventually.HoldsAsync(() => Task.FromResult(_house.Get<HostFleet>().Remote("h1")!.Pulse is not null), "it is heard");

        var published = await _house.Get<IImageLibrary>().PublishAsync("cold", null, new Progress<StepProgress>(), default);

        published.Value.ShouldBe(cold);
        (there, here).ShouldBe((1, 0));
        _host.Shipping.Arrived.ShouldBe([Cargo.Golden(cold)]);
        ((FakeShipping)_house.Get<ICargoReceiver>()).Arrived.ShouldBe([Cargo.Warm(cold)]);
    }

    [Fact]
    public async Task Provision_ShippingFails_IsTriedAgain()
    {
        var tries = 0;
        _host.Shipping.OnBegin = _ => Task.FromResult(++tries == 1 ? new Fault(ErrorCode.HostDiskLow, "No room.") : null);

        await _house.AddPoolAsync("p", spare: 1, maximum: 1);

        await _house.AvailableAsync("p", 1);
    }

    [Fact]
    public async Task LogOff_VolumeOnAHost_IsHomeBeforeItIsFree()
    {
        await WithVolumeAsync();
        var session = await OpenWholeAsync("ann");
        var volume = await VolumeAsync();
        _host.Files[HostFileKind.Volume, volume.Id].ShouldBe([1, 2, 3]);
        volume.Host.ShouldBe("h1");
        // What its user has written is there alone.
        _host.Files[HostFileKind.Volume, volume.Id] = [1, 2, 3, 4];

        await _house.LogOffAsync(session);
        await Eventually.HoldsAsync(async () => (await VolumeAsync()).MachineId is null, "it is free");

        (await VolumeAsync()).Host.ShouldBeNull();
        Files[HostFileKind.Volume, volume.Id].ShouldBe([1, 2, 3, 4]);
        _host.Files.List(HostFileKind.Volume).ShouldBeEmpty();
    }

    [Fact]
    public async Task HostLost_VolumeThere_IsNotGivenToAnybodyUntilItIsHome()
    {
        await WithVolumeAsync();
        await OpenWholeAsync("ann");
        var volume = await VolumeAsync();
        _host.Files[HostFileKind.Volume, volume.Id] = [9];
        await using var second = await HostOfHouse.StartAsync(join: false);
        (await _house.Get<HostBook>().AddAsync(new AddHostRequest(second.Token.ToString(), "h2"), "test", default)).Fault.ShouldBeNull();
        await _host.StopAsync();
        await Eventually.HoldsAsync(async () => (await _house.Get<HostBook>().ListAsync(default))[0].State == HostState.Lost, "it is lost");

        var refused = await _house.Broker.OpenAsync("ann", "p", default);
        refused.Fault!.Code.ShouldBe(ErrorCode.VolumeInUse);
        second.Files.List(HostFileKind.Volume).ShouldBeEmpty();
        // Without it, a desktop elsewhere can be had.
        (await _house.Broker.OpenAsync("ann", "p", default, withoutVolume: true)).Fault.ShouldBeNull();

        await _host.RestartAsync();
        await Eventually.HoldsAsync(async () => (await VolumeAsync()).Host is null, "it is home");
        Files[HostFileKind.Volume, volume.Id].ShouldBe([9]);
    }

    [Fact]
    public async Task HostLost_VolumesOnSharedStorage_AreToBeHadElsewhereOnceTheHostHasLetGo()
    {
        await using var second = await HostOfHouse.StartAsync(join: false);
        (_host.Files.Storage, second.Files.Storage) = (Files.Storage, Files.Storage);
        (await _house.Get<HostBook>().AddAsync(new AddHostRequest(second.Token.ToString(), "h2"), "test", default)).Fault.ShouldBeNull();
        await _host.RestartAsync();
        (await _house.Get<HostBook>().ChangeAsync("h2", new ChangeHostRequest(Maintenance: true), "test", default)).Fault.ShouldBeNull();
        await Eventually.HoldsAsync(() => Task.FromResult(_house.Get<HostFleet>().Remotes.All(remote => remote.LetsGo)), "both are known to share, and have said that they let go");
        await WithVolumeAsync();
        await OpenWholeAsync("ann");
        // It is where it was: nothing is carried.
        _host.Files.List(HostFileKind.Volume).ShouldBeEmpty();
        (await VolumeAsync()).Host.ShouldBe("h1");
        var machine = _host.Machines.Machines.Single(one => one.Attached.Volume is not null).MachineId;
        (await _house.Get<HostBook>().ChangeAsync("h2", new ChangeHostRequest(Maintenance: false), "test", default)).Fault.ShouldBeNull();

        _cable.Pull();
        await Eventually.HoldsAsync(async () => (await _house.Get<HostBook>().ListAsync(default))[0].State == HostState.Lost, "it is lost");
        (await _house.Broker.OpenAsync("ann", "p", default)).Value.Volume.ShouldNotBeNull();

        // It was pulled there before it was given to anybody elsewhere.
        _host.Machines.Released.ShouldContain(machine);
        (await VolumeAsync()).Host.ShouldBe("h2");
        second.Machines.Machines.ShouldContain(one => one.Attached.Volume != null);
    }

    [Fact]
    public async Task Attach_VolumeCannotBeCarried_IsTold()
    {
        await WithVolumeAsync();
        _host.Shipping.OnBegin = offer => Task.FromResult(offer.Cargo.Kind == CargoKind.Volume ? new Fault(ErrorCode.HostDiskLow, "No room.") : null);

        var session = await OpenWholeAsync("ann");

        session.VolumeFault!.Code.ShouldBe(ErrorCode.HostDiskLow);
        (await VolumeAsync()).Host.ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Attach_HostEndsWhileTheVolumeIsSent_IsAtHomeOnceTheHostIsBack(bool serverIsStartedAnew)
    {
        await WithVolumeAsync();
        var stopped = new TaskCompletionSource();
        _host.Shipping.OnBegin = async offer =>
        {
            if (offer.Cargo.Kind != CargoKind.Volume) return null;
            _ = Task.Run(async () =>
            {
                await _host.StopAsync();
                stopped.SetResult();
            });
            await stopped.Task;
            return null;
        };
        var opened = await TryOpenAsync("ann");
        await stopped.Task;
        // It may have arrived, for all that is known.
        (await VolumeAsync()).Host.ShouldBe("h1");
        if (serverIsStartedAnew)
        {
            await _house.DisposeAsync();
            _house = await StartAsync(hosts: Fleet);
        }

        _host.Shipping.OnBegin = _ => Task.FromResult<Fault?>(null);
        await _host.RestartAsync();
        if (opened.TryGet(out var session, out _)) await _house.LogOffAsync(session);

        await Eventually.HoldsAsync(async () => (await VolumeAsync()) is { Host: null, MachineId: null }, "it is home");
        Files[HostFileKind.Volume, (await VolumeAsync()).Id].ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Fetch_WhileItComesHome_IsBusyAndAfterwardsNothingIsSent()
    {
        await WithVolumeAsync();
        await OpenWholeAsync("ann");
        var id = (await VolumeAsync()).Id;
        var (carrier, remote) = (_house.Get<VolumeCarrier>(), _house.Get<HostFleet>().Remotes.Single());
        var (begun, go, sent) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        _host.Shipping.OnSend = _ =>
        {
            sent++;
            begun.TrySetResult();
            return go.Task;
        };
        var first = carrier.FetchAsync(remote, id, default);
        await begun.Task;

        (await carrier.FetchAsync(remote, id, default))!.Code.ShouldBe(ErrorCode.Busy);
        go.SetResult();
        (await first).ShouldBeNull();
        Files[HostFileKind.Volume, id] = [7];
        (await carrier.FetchAsync(remote, id, default)).ShouldBeNull();

        sent.ShouldBe(1);
        Files[HostFileKind.Volume, id].ShouldBe([7]);
    }

    [Fact]
    public async Task BringPackage_TwoAtOnce_IsShippedOnce()
    {
        var (carrier, remote) = (_house.Get<PackageCarrier>(), _house.Get<HostFleet>().Remotes.Single());
        Files[HostFileKind.Package, "p1"] = [1, 2];
        var begins = 0;
        // Long enough that the two meet.
        _host.Shipping.OnBegin = async _ =>
        {
            begins++;
            await Task.Delay(TimeSpan.FromMilliseconds(200));
            return null;
        };

        var first = carrier.BringAsync(remote, ["p1", "p2"], default);
        var second = carrier.BringAsync(remote, ["p1"], default);

        (await first).ShouldHaveSingleItem().ShouldSatisfyAllConditions(lacking => lacking.Key.ShouldBe("p2"), lacking => lacking.Value.Code.ShouldBe(ErrorCode.NotFound));
        (await second).ShouldBeEmpty();
        begins.ShouldBe(1);
        _host.Files[HostFileKind.Package, "p1"].ShouldBe([1, 2]);
    }

    [Fact]
    public async Task LoadPersona_SameArchiveByTwoMachinesAtOnce_IsThereUntilTheLastHasIt()
    {
        await _house.AddPoolAsync("p", spare: 2, maximum: 2);
        await _house.AvailableAsync("p", 2);
        var (personas, everybodys) = (_house.Get<IPersonaLibrary>(), new PersonaArchive("a1", "office", 2, 2, ""));
        Files[HostFileKind.Persona, "a1"] = [1, 2];
        _host.Personas.Contents["a1"] = "office";
        var (ids, gates) = (_host.Machines.Machines.Select(machine => machine.MachineId).ToList(), new ConcurrentDictionary<string, TaskCompletionSource<Fault?>>());
        foreach (var id in ids) gates[id] = new TaskCompletionSource<Fault?>();
        var begun = new CountdownEvent(2);
        _host.Personas.OnWork = (_, machine) =>
        {
            begun.Signal();
            return gates[machine].Task;
        };

        var loads = ids.ConvertAll(id => personas.LoadAsync(id, [everybodys], default));
        await Eventually.HoldsAsync(() => Task.FromResult(begun.IsSet), "both unpack it");
        gates[ids[0]].SetResult(null);
        (await loads[0]).Fault.ShouldBeNull();
        _host.Files[HostFileKind.Persona, "a1"].ShouldBe([1, 2]);
        gates[ids[1]].SetResult(null);
        (await loads[1]).Fault.ShouldBeNull();

        _host.Files.List(HostFileKind.Persona).ShouldBeEmpty();
    }

    [Fact]
    public async Task LoadPersona_OneOfThemCanNotBeSent_LeavesNoneOnTheHost()
    {
        await _house.AddPoolAsync("p", spare: 1, maximum: 1);
        await _house.AvailableAsync("p", 1);
        Files[HostFileKind.Persona, "a1"] = [1, 2];
        var gone = new PersonaArchive("a2", "office", 2, 2, "");
        _host.Personas.OnWork = (_, _) => Task.FromResult<Fault?>(new Fault(ErrorCode.AgentSilent, "It says nothing."));

        (await _house.Get<IPersonaLibrary>().LoadAsync(_host.Machines.Machines.Single().MachineId, [gone with { Id = "a1" }, gone], default)).Fault!.Code.ShouldBe(ErrorCode.AgentSilent);

        _host.Files.List(HostFileKind.Persona).ShouldBeEmpty();
    }

    [Fact]
    public async Task RemoveHost_VolumeThatCanNotComeHome_IsRefusedUntilItIsHome()
    {
        await WithVolumeAsync();
        await _house.LogOffAsync(await OpenWholeAsync("ann"));
        var id = (await VolumeAsync()).Id;
        (await _house.Pools.DeleteAsync("p", true, "test", default)).Fault.ShouldBeNull();
        await Eventually.HoldsAsync(() => Task.FromResult(_host.Machines.Machines.Count == 0), "no machine is there");
        (await _house.Get<VolumeCarrier>().BringAsync(_house.Get<HostFleet>().Remotes.Single(), id, default)).ShouldBeNull();
        var home = (FakeShipping)_house.Get<ICargoReceiver>();
        home.OnBegin = _ => Task.FromResult<Fault?>(new Fault(ErrorCode.HostDiskLow, "No room at home."));

        (await _house.Get<HostBook>().RemoveAsync("h1", "test", default)).Fault!.Code.ShouldBe(ErrorCode.Busy);

        home.OnBegin = _ => Task.FromResult<Fault?>(null);
        await Eventually.HoldsAsync(async () => (await _house.Get<HostBook>().RemoveAsync("h1", "test", default)).Fault is null, "it is home, and the host removed");
        Files[HostFileKind.Volume, id].ShouldBe([1, 2, 3]);
    }

    private async Task WithVolumeAsync()
    {
        await _house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Version = "v1", Spare = 1, Maximum = 4, Volume = VolumeKind.Profile }, "ann");
        await _house.AvailableAsync("p", 1);
    }

    /// <summary>Opens a desktop once the volume has a file at home.</summary>
    private async Task<SessionView> OpenWholeAsync(string user) => (await TryOpenAsync(user)).Value;

    private async Task<Outcome<SessionView>> TryOpenAsync(string user)
    {
        Volumes.OnWork = (what, id) =>
        {
            if (what == "create") Files[HostFileKind.Volume, id] = [1, 2, 3];
            return Task.FromResult<Fault?>(null);
        };
        return await _house.Broker.OpenAsync(user, "p", default);
    }

    private Task<(string Id, string? Host, string? MachineId)> VolumeAsync() => _house.ReadAsync(context =>
    {
        var row = context.Volumes.Single();
        return (row.Id, row.Host, row.MachineId);
    });
}
