namespace Mayfly.VmTests.House;

/// <summary>A test with engines and a data directory beside the shared ones. Dispose the engines in the test; what they left is looked for after it.</summary>
public abstract class SideTest(Micro micro) : VmTest(micro)
{
    private readonly List<SideData> _data = [];

    internal SideData MakeData(bool published = true)
    {
        var data = new SideData(Engine, Image, published);
        _data.Add(data);
        return data;
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
            Traces.Sockets(data.Root).ShouldBeEmpty();
            data.Dispose();
        }
    }
}
