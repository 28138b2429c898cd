namespace Mayfly.HouseVmTests.Hosts;

/// <summary>A house with a server that runs no machines, and its hosts.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly List<TestHost> _hosts = [];

    private Scene(TestHouse house) => House = house;

    public TestHouse House { get; }

    public IReadOnlyList<TestHost> Hosts => _hosts;

    /// <summary>Starts a server and hosts that have joined it.</summary>
    /// <param name="images">What the server has.</param>
    /// <param name="hosts">How many.</param>
    /// <param name="program">Another mayflyd than this checkout's, or null.</param>
    /// <param name="sharing">True when hosts have the server's images, packages and volumes mounted.</param>
    public static async Task<Scene> StartAsync(MicroImages images, int hosts, string? program = null, bool sharing = false)
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("Networks of their own are made as root.");
        var scene = new Scene(await TestHouse.StartAsync(images, settings => settings with { Role = "server", Program = program ?? settings.Program }));
        for (var number = 1; number <= hosts; number++) scene._hosts.Add(await TestHost.JoinAsync(scene.House.Api, $"h{number}", number, program, sharing ? scene.House.Data : null));
        await scene.OnlineAsync([.. scene._hosts.Select(host => host.Name)]);
        return scene;
    }

    public TestHost Host(string name) => _hosts.Single(host => host.Name == name);

    /// <summary>Adds the pool "p", and waits until it is at its level.</summary>
    public async Task AddPoolAsync(int spare, params string[] users)
    {
        await House.Api.PostAsync<PoolView>("pools", new CreatePoolRequest { Name = "p", Image = "micro", Spare = spare, Maximum = 12 });
        await House.AddUsersAsync("p", users);
        await House.AvailableAsync("p", spare);
    }

    public async Task<HostState> StateAsync(string name) => (await House.Api.GetAsync<List<HostView>>("hosts")).Single(host => host.Name == name).State;

    public Task OnlineAsync(params string[] names) => Clock.UntilAsync(
        async () => (await House.Api.GetAsync<List<HostView>>("hosts")).Where(host => names.Contains(host.Name)).All(host => host.State == HostState.Online), "hosts are online", 60);

    public async Task<MachineView> MachineAsync(string name) => (await House.Api.MachinesAsync()).Single(machine => machine.Name == name);

    public async Task<List<MachineView>> AvailableAsync() => (await House.Api.MachinesAsync()).FindAll(machine => machine.State == MachineState.Available);

    /// <summary>Waits until the house and its hosts agree.</summary>
    public Task IsWholeAsync() => Agreement.ReachedAsync(House.Api, _hosts);

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        foreach (var host in _hosts) await host.DisposeAsync();
    }
}
