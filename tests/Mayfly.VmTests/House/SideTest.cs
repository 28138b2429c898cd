namespace Mayfly.VmTests.House;

/// <summary>A test with engines and a data directory beside the shared ones. Dispose the engines in the test; what they left is looked for after it.</summary>
public abstract class SideTest(Micro micro) : VmTest(micro)
{
    private readonly List<SideData> _data = [];

    internal SideData MakeData(bool published = true, string? at = null)
    {
        var data = new SideData(Engine, Image, published, at);
        _data.Add(data);
        return data;
    }

    /// <summary>A small disk, or the end of the test where this account may not mount.</summary>
    internal static SmallDisk SmallDiskOrSkip(int mib)
    {
        var (disk, lack) = SmallDisk.TryMake(mib);
        Assert.SkipWhen(disk is null, lack);
        return disk;
    }

    /// <summary>Settings of an engine that looks at its machines often and is soon worried.</summary>
    internal static void Watchful(EngineOptions options)
    {
        options.WatchInterval = TimeSpan.FromMilliseconds(500);
        options.WatchDeadline = TimeSpan.FromSeconds(2);
    }

    /// <summary>Asserts that a machine nobody touched is well.</summary>
    internal static async Task IsUntouchedAsync(RunningEngine engine, HostMachine bystander, News? news = null)
    {
        (await engine.RunAsync(bystander, "hostname")).ShouldBe(bystander.Hostname);
        engine.Machines.Machines.Single(machine => machine.MachineId == bystander.MachineId).Trouble.ShouldBeNull();
        (news?.SaysNothingOf(bystander) ?? true).ShouldBeTrue();
    }

    /// <summary>Asserts that no machine was ever begun in a data directory since the engine started.</summary>
    internal static void NothingWasStarted(SideData data, DateTime machinesWrittenBefore)
    {
        Traces.Processes(data.Machines).ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(data.Machines).ShouldBeEmpty();
        // A directory's time changes with every entry that comes or goes.
        Directory.GetLastWriteTimeUtc(data.Machines).ShouldBe(machinesWrittenBefore);
    }

    protected override async ValueTask ReleaseAsync()
    {
        foreach (var data in _data)
        {
            await Eventually.HoldsAsync(() => Task.FromResult(!Directory.EnumerateFileSystemEntries(data.Machines).Any()), $"{data.Machines} is empty");
            Traces.Processes(data.Machines).ShouldBeEmpty();
            // The kernel closes what a killed process held in its own time.
            await Eventually.HoldsAsync(() => Task.FromResult(Traces.Sockets(data.Root).Count == 0), $"no socket of {data.Root} is left");
            data.Dispose();
        }

        _data.Clear();
    }
}
