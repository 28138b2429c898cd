using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Entitlements;
using Mayfly.Control.Events;
using Mayfly.Control.Hosts;
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

/// <summary>A running control plane on a real database and a fake host. Host and database outlive it: start another on them to restart.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly IHost _app;

    private House(IHost app) => _app = app;

    public SessionBroker Broker => Get<SessionBroker>();

    public SessionDesk Desk => Get<SessionDesk>();

    public MachineCatalog Machines => Get<MachineCatalog>();

    public PoolCatalog Pools => Get<PoolCatalog>();

    public static async Task<House> StartAsync(string directory, FakeMachineHost host, Func<ControlOptions, ControlOptions>? change = null, FakeImageLibrary? images = null, TimeProvider? time = null, FakePackageLibrary? packages = null, FakeVolumeLibrary? volumes = null, FakePersonaLibrary? personas = null, FleetOptions? hosts = null, FakeHostFiles? files = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IMachineHost>(host).AddSingleton<IImageLibrary>(images ?? new FakeImageLibrary());
        builder.Services.AddSingleton<IPackageLibrary>(packages ?? new FakePackageLibrary()).AddSingleton<IVolumeLibrary>(volumes ?? new FakeVolumeLibrary());
        builder.Services.AddSingleton<IPersonaLibrary>(personas ?? new FakePersonaLibrary());
        if (time is not null) builder.Services.AddSingleton(time);
        builder.Services.AddFakeExchange(files);
        if (hosts is not null) builder.Services.AddHosts(hosts);
        var options = await TestDatabase.OptionsAsync(directory);
        builder.Services.AddMayflyControl(change?.Invoke(options) ?? options);
        var app = builder.Build();
        await app.StartAsync();
        return new House(app);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public Task AddPoolAsync(string name, int spare, int maximum, params string[] users) =>
        AddPoolAsync(new CreatePoolRequest { Name = name, Image = "micro", Version = "v1", Spare = spare, Maximum = maximum }, users);

    public async Task AddPoolAsync(CreatePoolRequest request, params string[] users)
    {
        var name = request.Name;
        (await Pools.CreateAsync(request, "test", default)).Fault.ShouldBeNull();
        foreach (var user in users)
        {
            var added = await Get<UserDirectory>().AddAsync(new AddUserRequest(user), "test", default);
            (added.Fault is null || added.Fault.Code == ErrorCode.AlreadyExists).ShouldBeTrue();
            (await Get<EntitlementList>().AddAsync(new EntitlementView(name, user), "test", default)).Fault.ShouldBeNull();
        }
    }

    public async Task<PoolView> PoolAsync(string name = "p") => (await Pools.FindAsync(name, default)).Value;

    /// <summary>Changes settings of a pool and leaves the others as they are.</summary>
    public async Task ChangeAsync(string name, Func<PoolSettings, PoolSettings> change) =>
        (await Pools.ChangeAsync(name, change((await ReadAsync(context => context.Pools.Single(p => p.Name == name))).Settings), "test", default)).Fault.ShouldBeNull();

    public async Task<MachineView> MachineAsync(string name) => (await Machines.FindAsync(name, default)).Value;

    public async Task<SessionView> OpenAsync(string user, string pool = "p") => (await Broker.OpenAsync(user, pool, default)).Value;

    public async Task LogOffAsync(SessionView session) => (await Desk.LogOffAsync(session.Id, null, "test", default)).Fault.ShouldBeNull();

    public Task PoolHoldsAsync(string name, Func<PoolView, bool> condition, string what) => Eventually.HoldsAsync(async () => condition(await PoolAsync(name)), what);

    public Task MachineHoldsAsync(string name, Func<MachineView, bool> condition, string what) => Eventually.HoldsAsync(
        async () => (await Machines.FindAsync(name, default)) is { Fault: null } found && condition(found.Value), what);

    /// <summary>Returns once a pool has been looked at after this was called: the queue is in order, and what is woken after it is done after it.</summary>
    public async Task LookedAtAsync(string pool)
    {
        Get<PoolQueue>().Wake(pool);
        await AddPoolAsync(new CreatePoolRequest { Name = "probe", Image = "micro", Version = "v1", Spare = 1, Maximum = 1 });
        await AvailableAsync("probe", 1);
        (await Pools.DeleteAsync("probe", force: false, "test", default)).Fault.ShouldBeNull();
    }

    public Task AvailableAsync(string pool, int count) => Eventually.HoldsAsync(
        async () => (await Pools.FindAsync(pool, default)).Value.Available == count, $"{count} machines available in {pool}");

    public async Task<IReadOnlyList<string>> EventKindsAsync() =>
        [.. (await Get<EventLog>().ListAsync(PoolScope.House, 0, 1000, default)).Select(e => e.Kind)];

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
