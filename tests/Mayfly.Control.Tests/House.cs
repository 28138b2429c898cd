using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Entitlements;
using Mayfly.Control.Events;
using Mayfly.Control.Machines;
using Mayfly.Control.Pools;
using Mayfly.Control.Sessions;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Mayfly.Engine;
using Mayfly.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Tests;

/// <summary>A running control plane on a real SQLite file and a fake host. Host and file outlive it: start another on them to restart.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly IHost _app;

    private House(IHost app) => _app = app;

    public SessionBroker Broker => Get<SessionBroker>();

    public SessionDesk Desk => Get<SessionDesk>();

    public MachineCatalog Machines => Get<MachineCatalog>();

    public PoolCatalog Pools => Get<PoolCatalog>();

    public static async Task<House> StartAsync(string directory, FakeMachineHost host, Func<ControlOptions, ControlOptions>? change = null, FakeImageLibrary? images = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IMachineHost>(host).AddSingleton<IImageLibrary>(images ?? new FakeImageLibrary());
        var options = new ControlOptions { DatabasePath = Path.Combine(directory, "mayfly.db") };
        builder.Services.AddMayflyControl(change?.Invoke(options) ?? options);
        var app = builder.Build();
        await app.StartAsync();
        return new House(app);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async Task AddPoolAsync(string name, int spare, int maximum, params string[] users)
    {
        var made = await Pools.CreateAsync(new CreatePoolRequest { Name = name, Image = "micro", Spare = spare, Maximum = maximum }, "test", default);
        made.Fault.ShouldBeNull();
        foreach (var user in users)
        {
            var added = await Get<UserDirectory>().AddAsync(new AddUserRequest(user), "test", default);
            (added.Fault is null || added.Fault.Code == ErrorCode.AlreadyExists).ShouldBeTrue();
            (await Get<EntitlementList>().AddAsync(new EntitlementView(name, user), "test", default)).Fault.ShouldBeNull();
        }
    }

    public Task AvailableAsync(string pool, int count) => Eventually.HoldsAsync(
        async () => (await Pools.FindAsync(pool, default)).Value.Available == count, $"{count} machines available in {pool}");

    public async Task<IReadOnlyList<string>> EventKindsAsync() =>
        [.. (await Get<EventLog>().ListAsync(0, 1000, default)).Select(e => e.Kind)];

    public async Task<T> ReadAsync<T>(Func<MayflyDbContext, T> read)
    {
        await using var context = await Get<HouseDatabase>().ReadAsync(default);
        return read(context);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        _app.Dispose();
    }
}
