namespace Mayfly.HouseVmTests.Hosts;

/// <summary>Hosts and server are replaced one after the other while a desktop is used: what was there by <see cref="DaemonSettings.Earlier"/> by what this checkout has.</summary>
public sealed class UpgradeTests(MicroImages images)
{
    [Fact]
    public async Task Upgrade_OneAfterTheOther_DesktopsRunOnAndTheHouseGoesOn()
    {
        await using var scene = await Scene.StartAsync(images, hosts: 2, DaemonSettings.Earlier);
        await scene.AddPoolAsync(spare: 2, "ann");
        var session = await scene.House.OpenAsync("ann", "p");
        var process = (await scene.MachineAsync(session.Machine)).ProcessId;

        foreach (var host in scene.Hosts)
        {
            await host.UpgradeAsync();
            await GoesOnAsync(scene, session);
        }

        await scene.House.UpgradeDaemonAsync();
        await GoesOnAsync(scene, session);
        (await scene.MachineAsync(session.Machine)).ProcessId.ShouldBe(process);
        // Each was back before it was missed, so that nothing was made anew; of an earlier one that is not known.
        if (DaemonSettings.Earlier == DaemonSettings.ThisCheckouts) (await scene.House.EventsAsync()).ShouldNotContain(told => told.Kind == "host.lost");
        await scene.House.LogOffAsync("ann", session);
        await scene.IsWholeAsync();
    }

    /// <summary>The user has their desktop, and one more machine is made.</summary>
    private static async Task GoesOnAsync(Scene scene, SessionView session)
    {
        await scene.OnlineAsync("h1", "h2");
        await scene.IsWholeAsync();
        (await scene.House.OpenAsync("ann", "p")).Id.ShouldBe(session.Id);
        using (var ann = scene.House.As("ann")) (await Display.BannerAsync(scene.House.Daemon.Address, ann, session)).ShouldStartWith("RFB ");
        await scene.House.Api.PostAsync<MachineView>("pools/p/machines", new { });
    }
}
