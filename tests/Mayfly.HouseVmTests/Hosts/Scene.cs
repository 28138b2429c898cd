namespace Mayfly.HouseVmTests.Hosts;

/// <summary>A house with a server that runs no machines, and its hosts.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly List<TestHost> _hosts = [];

    private Scene(TestHouse house) => House = house;

    public TestHouse House { get; }

    public IReadOnlyList<TestHost> Hosts => _hosts;

    public static async Task<Scene> StartAsync(MicroImages images, int hosts)
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("Networks of their own are made as root.");
        var scene = new Scene(await TestHouse.StartAsync(images, settings => settings with { Role = "server" }));
        for (var number = 1; number <= hosts; number++) scene._hosts.Add(await TestHost.JoinAsync(scene.House, $"h{number}", number));
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

    /// <summary>Waits until the house and its hosts agree: each machine is once, runs where it is said to be, and nothing else runs.</summary>
    public Task IsWholeAsync() => Clock.UntilAsync(
        async () =>
        {
            var machines = await House.Api.MachinesAsync();
            return machines.TrueForAll(machine => machine.Operation is null && machine.State is MachineState.Available or MachineState.Disconnected)
                && _hosts.TrueForAll(host => Agrees(host, machines.FindAll(machine => machine.Host == host.Name)));
        },
        "the house and its hosts agree", 60);

    private static bool Agrees(TestHost host, List<MachineView> machines) =>
        machines.Select(machine => machine.Id).Order().SequenceEqual(host.MachineIds.Order()) && machines.TrueForAll(machine => host.Processes.Contains(machine.ProcessId!.Value));

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        foreach (var host in _hosts) await host.DisposeAsync();
    }
}
