using System.Net;
using Mayfly.Control.Entitlements;
using Mayfly.Control.Hosts;
using Mayfly.Control.Machines;
using Mayfly.Control.Pools;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Mayfly.Engine;
using Mayfly.Engine.Hosts;
using Mayfly.HostKit;
using Mayfly.Server.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mayfly.ScaleBench;

/// <summary>A mayflyd over a real database, with pools of a hundred machines each that are there from the beginning, and users entitled to one of them.</summary>
internal sealed class LargeHouse : IAsyncDisposable
{
    public const int MachinesPerPool = 100;
    private readonly FakeMachineHost _own = new();
    private readonly List<HostOfHouse> _hosts = [];
    private readonly DataDirectory _data;
    private readonly int _pools;
    private readonly string? _database;
    private Microsoft.AspNetCore.Builder.WebApplication? _app;

    /// <param name="data">Where it is kept; made anew.</param>
    /// <param name="machines">Machines at the beginning.</param>
    /// <param name="database">Connection string of a PostgreSQL database, or null for a file.</param>
    public LargeHouse(string data, int machines, string? database = null) => (_data, _pools, _database) = (new DataDirectory(data), machines / MachinesPerPool, database);

    /// <summary>Hosts that have joined; none: all machines are on the server's own.</summary>
    public IReadOnlyList<HostOfHouse> Hosts => _hosts;

    public int Pools => _pools;

    public IServiceProvider Services => _app!.Services;

    public Uri Address => new(_app!.Urls.First());

    public static string PoolName(int pool) => $"class-{pool}";

    public static string UserName(int user) => $"user-{user}";

    /// <summary>Writes what is there from the beginning, each user entitled to the pool of their number.</summary>
    /// <param name="users">How many users there are.</param>
    /// <param name="hosts">On how many hosts the machines are, beside the server's own when there is none.</param>
    public async Task FillAsync(int users, int hosts = 0)
    {
        if (Directory.Exists(_data.Root)) Directory.Delete(_data.Root, recursive: true);
        Directory.CreateDirectory(_data.Root);
        // Makes the schema.
        await StartAsync();
        for (var number = 1; number <= hosts; number++) await JoinAsync($"h{number}");
        await StopAsync();
        for (var pool = 0; pool < _pools; pool++) await FillPoolAsync(pool);
        await using var context = Open();
        for (var user = 0; user < users; user++)
        {
            context.Users.Add(new UserRow { Name = UserName(user), DisplayName = UserName(user), CreatedAt = DateTimeOffset.UnixEpoch });
            context.Add(new EntitlementRow { Pool = PoolName(user % _pools), User = UserName(user) });
        }

        await context.SaveChangesAsync();
    }

    public async Task StartAsync()
    {
        var options = new ServerOptions { Data = _data, Listen = new IPEndPoint(IPAddress.Loopback, 0), ConsoleDirectory = _data.Root + "/none", Database = _database, Role = _hosts.Count > 0 ? ServerRole.Server : ServerRole.Both };
        _app = Server.Program.Build(options, services => services
            .AddSingleton<IMachineHost>(_own).AddSingleton<IImageLibrary>(new FakeImageLibrary()).AddSingleton<IPackageLibrary>(new FakePackageLibrary())
            .AddSingleton<IVolumeLibrary>(new FakeVolumeLibrary()).AddSingleton<IPersonaLibrary>(new FakePersonaLibrary()).AddFakeExchange().AddSingleton(TimeProvider.System)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error)));
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var host in _hosts) await host.DisposeAsync();
        Directory.Delete(_data.Root, recursive: true);
    }

    private async Task StopAsync()
    {
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    private async Task JoinAsync(string name)
    {
        var host = await HostOfHouse.StartAsync(join: false);
        _hosts.Add(host);
        var joined = await Services.GetRequiredService<HostBook>().AddAsync(new AddHostRequest(host.Token.ToString(), name), "bench", CancellationToken.None);
        if (joined.Fault is { } fault) throw new InvalidOperationException(fault.ToString());
    }

    private MayflyDbContext Open()
    {
        var options = new DbContextOptionsBuilder<MayflyDbContext>();
        return new((_database is null ? options.UseSqlite($"Data Source={_data.Database};Pooling=False") : options.UseNpgsql(_database)).Options);
    }

    private async Task FillPoolAsync(int pool)
    {
        await using var context = Open();
        context.Pools.Add(new PoolRow
        {
            Name = PoolName(pool),
            Image = "micro",
            Version = "v1",
            Assignment = PoolAssignment.Floating,
            Provisioning = ProvisioningKind.Instant,
            NamePattern = PoolName(pool) + "-{n}",
            Settings = new PoolSettings { Maximum = 2 * MachinesPerPool, Spare = MachinesPerPool },
            CreatedAt = DateTimeOffset.UnixEpoch,
        });
        for (var number = 1; number <= MachinesPerPool; number++) Add(context, pool, number);
        await context.SaveChangesAsync();
    }

    private void Add(MayflyDbContext context, int pool, int number)
    {
        var id = $"{pool:x8}{number:x24}";
        var entry = context.Entry(new MachineRow
        {
            Id = id,
            Name = $"{PoolName(pool)}-{number}",
            Pool = PoolName(pool),
            Image = "micro",
            Version = "v1",
            CreatedAt = DateTimeOffset.UnixEpoch.AddSeconds(number),
            RefreshedAt = DateTimeOffset.UnixEpoch.AddSeconds(number),
            ReadyAt = DateTimeOffset.UnixEpoch.AddSeconds(number),
            Address = "10.64.0.2",
            Mac = "52:54:00:00:00:01",
            ProcessId = 1,
            ShellReady = true,
            RunningMs = 5,
            ReadyMs = 200,
        });
        entry.State = EntityState.Added;
        if (_hosts.Count > 0) entry.Property(row => row.Host).CurrentValue = $"h{pool % _hosts.Count + 1}";
        entry.Property(row => row.State).CurrentValue = MachineState.Available;
        (_hosts.Count > 0 ? _hosts[pool % _hosts.Count].Machines : _own).AddStray(id);
    }
}
