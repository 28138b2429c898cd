namespace Mayfly.HouseVmTests.House;

/// <summary>A house in a data directory of its own, whose mayflyd can be killed and started again. At its end nothing of it may be left.</summary>
internal sealed class TestHouse : IAsyncDisposable
{
    private readonly Dictionary<string, string> _tokens = [];
    private DaemonSettings _settings;
    private Daemon? _daemon;

    private TestHouse(string data, Func<DaemonSettings, DaemonSettings>? change)
    {
        Data = data;
        // One port for its whole life: what users hold stays good over a restart.
        _settings = new DaemonSettings { StopMachines = false, Listen = $"127.0.0.1:{Ports.Free()}", AppendLog = true, LogDirectory = LogDirectory(data) };
        _settings = change?.Invoke(_settings) ?? _settings;
        Api = new LocalApi(data);
    }

    /// <summary>Its data directory.</summary>
    public string Data { get; }

    /// <summary>Its administrator.</summary>
    public LocalApi Api { get; }

    /// <summary>Its mayflyd.</summary>
    public Daemon Daemon => _daemon ?? throw new InvalidOperationException("mayflyd does not run.");

    /// <summary>Starts a house on the two versions of "micro".</summary>
    public static Task<TestHouse> StartAsync(MicroImages images, params string[] published) => StartAsync(images, null, published);

    /// <summary>The same with another mayflyd than usual.</summary>
    public static async Task<TestHouse> StartAsync(MicroImages images, Func<DaemonSettings, DaemonSettings>? change, params string[] published)
    {
        var data = Path.Combine(Path.GetTempPath(), "mf-" + Guid.NewGuid().ToString("N")[..8]);
        Directory.CreateDirectory(data);
        images.LinkInto(data, published);
        return await StartAsync(data, change);
    }

    /// <summary>Starts a house on a directory that has its images already.</summary>
    public static async Task<TestHouse> StartAsync(string data, Func<DaemonSettings, DaemonSettings>? change = null)
    {
        var house = new TestHouse(data, change);
        await house.StartDaemonAsync();
        return house;
    }

    /// <summary>Starts mayflyd and waits until it serves.</summary>
    public async Task StartDaemonAsync() => _daemon = await Daemon.StartAsync(Data, _settings);

    /// <summary>Starts mayflyd and does not wait.</summary>
    public void LaunchDaemon() => _daemon = Daemon.Launch(Data, _settings);

    /// <summary>Kills mayflyd.</summary>
    public async Task KillDaemonAsync()
    {
        await Daemon.KillAsync();
        _daemon = null;
    }

    /// <summary>Stops mayflyd in good order and starts this checkout's in its place.</summary>
    public async Task UpgradeDaemonAsync()
    {
        await Daemon.DisposeAsync();
        _settings = _settings with { Program = DaemonSettings.ThisCheckouts };
        await StartDaemonAsync();
    }

    /// <summary>Adds users who may use a pool.</summary>
    public async Task AddUsersAsync(string pool, params string[] users)
    {
        foreach (var user in users)
        {
            if (!_tokens.ContainsKey(user))
            {
                await Api.PostAsync<UserAdded>("users", new AddUserRequest(user));
                _tokens[user] = (await Api.PostAsync<TokenMade>("tokens", new { User = user, Label = "test" })).Token;
            }

            await Api.PutAsync($"pools/{pool}/entitlements/users/{user}");
        }
    }

    /// <summary>The API as a user.</summary>
    public LocalApi As(string user) => new(Daemon.Address, _tokens[user]);

    public async Task<SessionView> OpenAsync(string user, string pool)
    {
        using var api = As(user);
        return await api.PostAsync<SessionView>($"desktops/{pool}/open", new { });
    }

    public async Task LogOffAsync(string user, SessionView session)
    {
        using var api = As(user);
        await api.DeleteAsync($"sessions/{session.Id}");
    }

    public Task<PoolView> PoolAsync(string pool) => Api.GetAsync<PoolView>($"pools/{pool}");

    public Task AvailableAsync(string pool, int count, int seconds = 120) =>
        Clock.UntilAsync(async () => (await PoolAsync(pool)).Available == count, $"{count} machines available in {pool}", seconds);

    public Task<List<EventView>> EventsAsync() => Api.EventsAsync();

    /// <summary>Deletes all pools, stops mayflyd, and asserts that nothing is left.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_daemon is null) await StartDaemonAsync();
        foreach (var pool in await Api.GetAsync<List<PoolView>>("pools")) await Api.DeleteAsync($"pools/{pool.Name}?force=true");
        Api.Dispose();
        await Daemon.DisposeAsync();
        HostTraces.Processes(Data).ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(Path.Combine(Data, "machines")).ShouldBeEmpty();
        Directory.Delete(Data, recursive: true);
    }

    /// <summary>Where what runs in a data directory logs, which stays when that goes.</summary>
    internal static string LogDirectory(string data) =>
        Directory.CreateDirectory(Path.Combine(Checkout.Artifacts, "logs", "houses", Path.GetFileName(data))).FullName;

    private sealed record TokenMade(string Token);
}
