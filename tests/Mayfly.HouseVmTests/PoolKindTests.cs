namespace Mayfly.HouseVmTests;

/// <summary>Pools of every kind, with real guests.</summary>
public sealed class PoolKindTests(MicroImages images)
{
    private const string Mark = "kept by its owner";
    private const string ReadMark = "cat /data/mark 2>/dev/null";

    [Theory]
    [InlineData(ProvisioningKind.Linked)]
    [InlineData(ProvisioningKind.Full)]
    public async Task Pool_OfMachinesThatBoot_ServesAnImageThatWasNeverPublished(ProvisioningKind kind)
    {
        await using var house = await TestHouse.StartAsync(images, "none");
        await house.Api.PostAsync<PoolView>("pools", new CreatePoolRequest { Name = "b", Image = "micro", Version = images.First, Spare = 1, Maximum = 2, Provisioning = kind });
        await house.AddUsersAsync("b", "ann");
        await house.AvailableAsync("b", 1);

        var session = await house.OpenAsync("ann", "b");
        (await house.Api.RunAsync(session.Machine, "hostname")).ShouldBe(session.Machine);
        using var ann = house.As("ann");
        (await Display.BannerAsync(house.Daemon.Address, ann, session)).ShouldStartWith("RFB ");
        await house.LogOffAsync("ann", session);
    }

    [Fact]
    public async Task Desktop_OfItsOwner_OutlivesMayflydAndItsOwnProcess()
    {
        await using var house = await TestHouse.StartAsync(images, images.First);
        await house.Api.PostAsync<PoolView>("pools", new CreatePoolRequest { Name = "d", Image = "micro", Spare = 0, Maximum = 2, Assignment = PoolAssignment.Dedicated });
        await house.AddUsersAsync("d", "ann", "ben");
        var session = await house.OpenAsync("ann", "d");
        await house.Api.RunAsync(session.Machine, $"printf '{Mark}' >/data/mark; sync");
        var (mac, id) = (await WhoAsync(house, session.Machine), await house.Api.RunAsync(session.Machine, "cat /etc/machine-id"));

        // All of it dies at once, as when the host does.
        var process = (await house.Api.MachinesAsync()).Single(machine => machine.Name == session.Machine).ProcessId!.Value;
        await house.KillDaemonAsync();
        Signals.Kill(process);
        await house.StartDaemonAsync();
        await Clock.UntilAsync(async () => (await house.Api.MachinesAsync()).Single().State == MachineState.Disconnected, "the desktop is on again", 120);

        (await house.OpenAsync("ann", "d")).Id.ShouldBe(session.Id);
        (await house.Api.RunAsync(session.Machine, ReadMark)).ShouldBe(Mark);
        (await WhoAsync(house, session.Machine)).ShouldBe(mac);
        (await house.Api.RunAsync(session.Machine, "cat /etc/machine-id")).ShouldBe(id);

        // Logged off, it stays hers; the next user gets another.
        await house.LogOffAsync("ann", session);
        (await house.OpenAsync("ben", "d")).Machine.ShouldNotBe(session.Machine);
        var again = await house.OpenAsync("ann", "d");
        again.Machine.ShouldBe(session.Machine);
        (await house.Api.RunAsync(again.Machine, ReadMark)).ShouldBe(Mark);
    }

    [Fact]
    public async Task Rebuild_OfAnOwnedDesktop_GivesAFreshDiskWithTheSameNameAndMac()
    {
        await using var house = await TestHouse.StartAsync(images, images.First);
        await house.Api.PostAsync<PoolView>("pools", new CreatePoolRequest { Name = "d", Image = "micro", Spare = 0, Maximum = 2, Assignment = PoolAssignment.Dedicated });
        await house.AddUsersAsync("d", "ann");
        var session = await house.OpenAsync("ann", "d");
        await house.Api.RunAsync(session.Machine, $"printf '{Mark}' >/data/mark; sync");
        var mac = await WhoAsync(house, session.Machine);
        await house.LogOffAsync("ann", session);

        var rebuilt = await house.Api.PostAsync<MachineView>($"machines/{session.Machine}/rebuild", new { });
        rebuilt.Owner.ShouldBe("ann");
        (await WhoAsync(house, rebuilt.Name)).ShouldBe(mac);
        (await house.Api.RunAsync(rebuilt.Name, ReadMark)).ShouldBe("");

        var restarted = await house.Api.PostAsync<MachineView>($"machines/{session.Machine}/reset", new { });
        restarted.State.ShouldBe(MachineState.Available);
        restarted.ProcessId.ShouldNotBe(rebuilt.ProcessId);
    }

    private static Task<string> WhoAsync(TestHouse house, string machine) => house.Api.RunAsync(machine, "hostname; cat /sys/class/net/e*/address");
}
