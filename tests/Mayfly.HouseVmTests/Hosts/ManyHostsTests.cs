namespace Mayfly.HouseVmTests.Hosts;

/// <summary>A server without machines and two hosts with nothing on them, each a process in a network of its own.</summary>
public sealed class ManyHostsTests(MicroImages images)
{
    private const int LostSeconds = 30;

    // How much longer a host stays away once it is lost and all is elsewhere.
    private static readonly TimeSpan s_away = TimeSpan.FromSeconds(Length.Of("MAYFLY_CUT_SECONDS", 0));

    [Fact]
    public async Task Desktop_OnAHostThatJoined_IsAsOnTheServer()
    {
        await using var scene = await Scene.StartAsync(images, hosts: 1);
        await scene.AddPoolAsync(spare: 1, "ann");

        // The image was shipped: the host had nothing.
        var machine = (await scene.House.Api.MachinesAsync()).ShouldHaveSingleItem();
        machine.Host.ShouldBe("h1");
        (await scene.House.Api.RunAsync(machine.Name, "hostname")).ShouldBe(machine.Name);
        var session = await scene.House.OpenAsync("ann", "p");
        using (var ann = scene.House.As("ann")) (await Display.BannerAsync(scene.House.Daemon.Address, ann, session)).ShouldStartWith("RFB ");

        // A host that is killed and comes again has the same desktops.
        await scene.IsWholeAsync();
        var before = (await scene.House.Api.MachinesAsync()).ConvertAll(one => one.ProcessId!.Value);
        await scene.Hosts[0].KillAsync();
        await scene.Hosts[0].StartAsync();
        await scene.OnlineAsync("h1");
        before.ShouldBeSubsetOf(scene.Hosts[0].Processes);
        (await scene.House.OpenAsync("ann", "p")).Id.ShouldBe(session.Id);

        // A machine of it is published, and others are made of it.
        var published = await scene.House.Api.FinishAsync($"machines/{(await scene.AvailableAsync())[0].Name}/publish", new PublishMachineRequest("copy"));
        await scene.House.Api.PostAsync<PoolView>("pools", new CreatePoolRequest { Name = "copies", Image = "copy", Version = published.Result!, Spare = 1, Maximum = 1 });
        await scene.House.AvailableAsync("copies", 1);

        await scene.House.LogOffAsync("ann", session);
        await scene.IsWholeAsync();
    }

    [Fact]
    public async Task Host_CutOffForAMoment_NothingHappens()
    {
        await using var scene = await Scene.StartAsync(images, hosts: 2);
        await scene.AddPoolAsync(spare: 2, "ann");
        var session = await scene.House.OpenAsync("ann", "p");
        await scene.IsWholeAsync();
        var before = (await scene.House.Api.MachinesAsync()).ConvertAll(machine => machine.Id).Order();

        foreach (var host in scene.Hosts) await host.Network.CutAsync();
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        foreach (var host in scene.Hosts) await host.Network.HealAsync();

        await scene.OnlineAsync("h1", "h2");
        (await scene.House.Api.MachinesAsync()).ConvertAll(machine => machine.Id).Order().ShouldBe(before);
        (await scene.House.OpenAsync("ann", "p")).Id.ShouldBe(session.Id);
        (await scene.House.EventsAsync()).ShouldNotContain(told => told.Kind == "host.lost");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Host_CutOffUntilItIsLost_CapacityIsElsewhereAndNothingIsDoubled(bool answersOnly)
    {
        await using var scene = await Scene.StartAsync(images, hosts: 2);
        await scene.AddPoolAsync(spare: 2, "ann", "bob");
        // Both users' desktops are on the host that is cut off.
        var ann = await scene.House.OpenAsync("ann", "p");
        var cut = scene.Host((await scene.MachineAsync(ann.Machine)).Host!);
        var other = scene.Hosts.Single(host => host != cut);
        await scene.House.Api.PutAsync<HostView>($"hosts/{other.Name}", new ChangeHostRequest(Maintenance: true));
        await Clock.UntilAsync(async () => (await scene.AvailableAsync()).TrueForAll(machine => machine.Host == cut.Name) && (await scene.AvailableAsync()).Count == 2, "all is on one host", 60);
        var bob = await scene.House.OpenAsync("bob", "p");
        await scene.House.Api.PutAsync<HostView>($"hosts/{other.Name}", new ChangeHostRequest(Maintenance: false));
        int[] desktops = [(await scene.MachineAsync(ann.Machine)).ProcessId!.Value, (await scene.MachineAsync(bob.Machine)).ProcessId!.Value];

        await (answersOnly ? cut.Network.CutAnswersAsync() : cut.Network.CutAsync());
        await Clock.UntilAsync(async () => await scene.StateAsync(cut.Name) == HostState.Lost, "it is lost", 60);

        // The capacity is back elsewhere, and who wants a desktop has one.
        await Clock.UntilAsync(async () => (await scene.AvailableAsync()).Count(machine => machine.Host == other.Name) == 2, "the pool is whole elsewhere", LostSeconds);
        var again = await scene.House.OpenAsync("bob", "p");
        (await scene.MachineAsync(again.Machine)).Host.ShouldBe(other.Name);
        // What runs there runs on: its user waits.
        await Task.Delay(s_away, TestContext.Current.CancellationToken);
        desktops.ShouldBeSubsetOf(cut.Processes);

        await cut.Network.HealAsync();
        await scene.OnlineAsync(cut.Name);
        await scene.IsWholeAsync();
        (await scene.House.OpenAsync("ann", "p")).Id.ShouldBe(ann.Id);
        (await scene.House.OpenAsync("bob", "p")).Id.ShouldBe(again.Id);
        again.Id.ShouldNotBe(bob.Id);
    }

    [Fact]
    public async Task Host_LostWithItsMachines_ComesBackEmpty()
    {
        await using var scene = await Scene.StartAsync(images, hosts: 2);
        await scene.AddPoolAsync(spare: 4);
        var lost = scene.Host((await scene.AvailableAsync())[0].Host!);

        // As when its power fails.
        await lost.KillAsync();
        foreach (var process in lost.Processes) Signals.Kill(process);
        await Clock.UntilAsync(async () => (await scene.AvailableAsync()).Count(machine => machine.Host != lost.Name) == 4, "all of it is elsewhere", 13 + LostSeconds);

        await lost.StartAsync();
        await scene.OnlineAsync(lost.Name);
        await scene.IsWholeAsync();
    }
}
