namespace Mayfly.HouseVmTests;

/// <summary>What goes wrong with single machines while people work: only the machine concerned is touched, an event says why, the pool refills.</summary>
public sealed class FaultTests(MicroImages images)
{
    // The watch needs two misses, the pool a minute of patience.
    private const int ReplacementSeconds = 300;

    [Fact]
    public async Task Machines_ThatHangOrCrash_AreToldAndReplacedAndNobodyElseNotices()
    {
        await using var house = await TestHouse.StartAsync(images, images.First);
        await house.Api.PostAsync<PoolView>("pools", new CreatePoolRequest { Name = "p", Image = "micro", Spare = 1, Maximum = 5 });
        await house.AddUsersAsync("p", "ann", "ben");
        var (ann, ben) = (await house.OpenAsync("ann", "p"), await house.OpenAsync("ben", "p"));
        await house.AvailableAsync("p", 1);
        var machines = await house.Api.MachinesAsync();
        var idle = machines.Single(machine => machine.State == MachineState.Available);
        var used = machines.Single(machine => machine.Name == ann.Machine);

        Signals.Send(idle.ProcessId!.Value, Signals.Stop);
        Signals.Send(used.ProcessId!.Value, Signals.SegmentationFault);

        await EventAsync(house, "machine.exited", ann.Machine, "SIGSEGV");
        await EventAsync(house, "session.ended", ann.Machine, "ann");
        await EventAsync(house, "machine.unreachable", idle.Name, "does not answer");
        await Clock.UntilAsync(async () => (await house.Api.MachinesAsync()).All(machine => machine.Id != idle.Id), "the one that hangs is replaced", ReplacementSeconds);
        await house.AvailableAsync("p", 1);
        Leftovers.Runs(idle.ProcessId.Value).ShouldBeFalse();
        (await house.Api.RunAsync(ben.Machine, "hostname")).ShouldBe(ben.Machine);
        (await house.OpenAsync("ann", "p")).Machine.ShouldNotBe(ben.Machine);
    }

    [Fact]
    public async Task Disk_Full_RefusesWithTheReasonKeepsDesktopsAndHeals()
    {
        var (disk, lack) = SmallDisk.TryMake(mib: 1500);
        Assert.SkipWhen(disk is null, lack);
        using var mounted = disk;
        var data = Path.Combine(disk.Root, "house");
        Directory.CreateDirectory(data);
        images.LinkInto(data, images.First);
        await using (var house = await TestHouse.StartAsync(data))
        {
            await house.Api.PostAsync<PoolView>("pools", new CreatePoolRequest { Name = "p", Image = "micro", Spare = 1, Maximum = 4 });
            await house.AddUsersAsync("p", "ann", "ben");
            var ann = await house.OpenAsync("ann", "p");
            await house.AvailableAsync("p", 1);
            var process = (await house.Api.MachinesAsync()).Single(machine => machine.Name == ann.Machine).ProcessId!.Value;

            disk.FillUpTo(freeBytes: 0);
            try
            {
                var refused = await Should.ThrowAsync<InvalidOperationException>(() => house.OpenAsync("ben", "p"));
                refused.Message.ShouldContain("HostDiskLow");
                using var user = house.As("ann");
                (await Display.BannerAsync(house.Daemon.Address, user, ann)).ShouldStartWith("RFB ");
                Leftovers.Runs(process).ShouldBeTrue();
            }
            finally
            {
                disk.Empty();
            }

            var ben = await house.OpenAsync("ben", "p");
            ben.Machine.ShouldNotBe(ann.Machine);
            (await house.Api.RunAsync(ann.Machine, "hostname")).ShouldBe(ann.Machine);
            await house.AvailableAsync("p", 1);
        }
    }

    private static Task EventAsync(TestHouse house, string kind, string machine, string text) => Clock.UntilAsync(
        async () => (await house.EventsAsync()).Exists(seen => seen.Kind == kind && seen.Machine == machine && seen.Message.Contains(text, StringComparison.Ordinal)),
        $"{kind} of {machine} says {text}", ReplacementSeconds);
}
