namespace Mayfly.BrowserTests.Stories;

/// <summary>A house of its own whose mayflyd can be killed, on the XFCE image under two versions: what is pushed is told from what was there, and no second image is built for it.</summary>
internal sealed class MortalHouse : IAsyncDisposable
{
    private const string Image = "xfce";
    private readonly string _data = Directory.CreateTempSubdirectory("mf-story-").FullName;
    private readonly DaemonSettings _settings;
    private Daemon? _daemon;

    private MortalHouse()
    {
        Api = new LocalApi(_data);
        _settings = new DaemonSettings { Listen = $"127.0.0.1:{Ports.Free()}", AppendLog = true, LogDirectory = Directory.CreateDirectory(Path.Combine(Checkout.Artifacts, "logs", "houses", Path.GetFileName(_data))).FullName };
    }

    /// <summary>Its administrator.</summary>
    public LocalApi Api { get; }

    /// <summary>Where browsers find it, before and after a kill.</summary>
    public Uri Address => _daemon!.Address;

    /// <summary>The two versions.</summary>
    public (string First, string Second) Versions { get; private set; }

    /// <summary>Starts one on what the tests' house has published.</summary>
    public static async Task<MortalHouse> StartAsync(TestHouse source)
    {
        await source.PublishAsync(Image);
        var newest = (await source.Api.GetAsync<List<ImageView>>("images")).Single(image => image.Name == Image).Versions.First(version => version.Warm is not null).Version;
        var house = new MortalHouse { Versions = (newest, "0123456789ab") };
        foreach (var version in new[] { house.Versions.First, house.Versions.Second }) PublishedImages.LinkInto(house._data, Image, newest, shownAs: version);
        PublishedImages.CopyHostFacts(house._data);
        await house.StartAsync();
        return house;
    }

    /// <summary>Kills mayflyd once it saves what is somebody's, and starts it again.</summary>
    public async Task KillWhileSavingAsync()
    {
        await Clock.UntilAsync(() => Task.FromResult(Directory.EnumerateFiles(Path.Combine(_data, "machines"), "persona-*.raw", SearchOption.AllDirectories).Any()), "a persona is being saved");
        await _daemon!.KillAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        // Ends its machines, too.
        if (_daemon is not null) await _daemon.DisposeAsync();
        Directory.EnumerateFileSystemEntries(Path.Combine(_data, "machines")).ShouldBeEmpty();
        Directory.Delete(_data, recursive: true);
    }

    private async Task StartAsync() => _daemon = await Daemon.StartAsync(_data, _settings);
}
