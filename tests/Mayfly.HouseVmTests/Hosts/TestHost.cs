using System.Text.Json;

namespace Mayfly.HouseVmTests.Hosts;

/// <summary>A host with a data directory and a network of its own, whose mayflyd can be killed and started again.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    /// <summary>What of a data directory can lie on storage that server and hosts have mounted.</summary>
    private static readonly string[] SharedDirectories = ["images", "packages", "volumes"];

    private DaemonSettings _settings;
    private Daemon? _daemon;

    private TestHost(string name, HostNetwork network, string program)
    {
        (Name, Network) = (name, network);
        Data = Path.Combine(Path.GetTempPath(), $"mf-{Guid.NewGuid().ToString("N")[..8]}");
        Directory.CreateDirectory(Data);
        _settings = new DaemonSettings { Program = program, StopMachines = false, Role = "host", Prefix = network.Prefix, Listen = $"{network.Address}:8008", AppendLog = true, LogDirectory = TestHouse.LogDirectory(Data) };
    }

    public string Name { get; }

    public HostNetwork Network { get; }

    public string Data { get; }

    /// <summary>Its mayflyd.</summary>
    public Daemon Daemon => _daemon ?? throw new InvalidOperationException("mayflyd does not run.");

    /// <summary>The QEMUs that run there, shells too.</summary>
    public IReadOnlyList<int> Processes => HostTraces.Processes(Data);

    /// <summary>The machines it has written down.</summary>
    public IReadOnlyList<string> MachineIds
    {
        get
        {
            try
            {
                var records = Directory.GetFiles(Path.Combine(Data, "machines"), "machine.json", SearchOption.AllDirectories);
                return [.. records.Select(record => JsonDocument.Parse(File.ReadAllText(record)).RootElement.GetProperty("machineId").GetString()!)];
            }
            catch (Exception error) when (error is IOException or JsonException)
            {
                // One goes or comes just now: asked again.
                return ["?"];
            }
        }
    }

    /// <summary>Starts one without anything, or with the storage of a server's data directory, and makes it join a house.</summary>
    public static async Task<TestHost> JoinAsync(LocalApi house, string name, int number, string? program = null, string? shared = null)
    {
        var host = new TestHost(name, await HostNetwork.MakeAsync(number), program ?? DaemonSettings.ThisCheckouts);
        if (shared is not null)
            foreach (var directory in SharedDirectories) Directory.CreateSymbolicLink(Path.Combine(host.Data, directory), Path.Combine(shared, directory));
        PublishedImages.CopyHostFacts(host.Data);
        await host.StartAsync();
        await house.PostAsync<HostView>("hosts", new AddHostRequest(host.Daemon.Token!, name));
        return host;
    }

    /// <summary>Starts mayflyd and waits until it serves.</summary>
    public async Task StartAsync() => _daemon = await Daemon.StartAsync(Data, _settings);

    /// <summary>Kills mayflyd; machines run on.</summary>
    public async Task KillAsync()
    {
        await Daemon.KillAsync();
        _daemon = null;
    }

    /// <summary>Stops mayflyd in good order and starts this checkout's in its place.</summary>
    public async Task UpgradeAsync()
    {
        await Daemon.DisposeAsync();
        _settings = _settings with { Program = DaemonSettings.ThisCheckouts };
        await StartAsync();
    }

    /// <summary>Stops it, ends what still runs there, and removes all of it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null) await _daemon.DisposeAsync();
        foreach (var process in Processes) Signals.Kill(process);
        await Clock.UntilAsync(() => Task.FromResult(Processes.Count == 0), "its machines have ended", 30);
        await Network.DisposeAsync();
        Directory.Delete(Data, recursive: true);
    }
}
