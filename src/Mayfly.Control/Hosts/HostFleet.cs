using System.Collections.Concurrent;
using System.Threading.Channels;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Leadership;
using Mayfly.Control.Machines;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Mayfly.Remote.Calling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Hosts;

/// <summary>The hosts of the house: the server's own, if it runs machines, and all that have joined. Keeps in touch with them as long as the server runs.</summary>
public sealed class HostFleet(
    [FromKeyedServices(HostFleet.Home)] IMachineHost home, HouseDatabase database, HouseAuthorityStore authorities, HostDuty duty, PoolHealth health, PoolQueue queue, HouseChanges changes,
    BackgroundJobs jobs, EventLog events, HouseTerm term, FleetOptions options, TimeProvider time, ILogger<RemoteHost> logger) : IHostedService, IAsyncDisposable
{
    /// <summary>Key of the server's own host among the services.</summary>
    public const string Home = "home";

    // One that answers does so much sooner; one that does not keeps the house from nothing but itself.
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, RemoteHost> _remotes = new();
    private readonly Channel<HostMachineNews> _news = Channel.CreateUnbounded<HostMachineNews>();
    private HouseMember? _member;
    private ITimer? _tending;

    /// <summary>The server's own host. It may not be meant to run machines, but has those it has.</summary>
    internal IMachineHost Own => home;

    /// <summary>True when the server's own host runs machines.</summary>
    internal bool OwnRuns => options.OwnRuns;

    /// <summary>How long a host may be silent.</summary>
    internal HostLeaseTimes Lease => options.Lease;

    /// <summary>All hosts that have joined.</summary>
    internal IReadOnlyCollection<RemoteHost> Remotes => [.. _remotes.Values];

    /// <summary>Whatever happens to machines of any host.</summary>
    internal ChannelReader<HostMachineNews> News => _news.Reader;

    /// <summary>On which host each machine is that is not on the server's own, by its id.</summary>
    internal ConcurrentDictionary<string, string> Places { get; } = new();

    /// <summary>Called with each host that is heard from the beginning.</summary>
    internal event Action<RemoteHost>? Heard;

    /// <summary>Called with each host that is lost.</summary>
    internal event Action<RemoteHost>? Lost;

    /// <summary>Called with each host now and then: for what could not be done when it was due.</summary>
    internal event Action<RemoteHost>? Tended;

    /// <summary>A host by its name, or null.</summary>
    internal RemoteHost? Remote(string name) => _remotes.GetValueOrDefault(name);

    /// <summary>The host that has a machine, or is making it; null when none of those that have joined does.</summary>
    internal RemoteHost? RemoteOf(string machineId) =>
        Places.TryGetValue(machineId, out var place) ? Remote(place) : Remotes.FirstOrDefault(remote => remote.Machines.Find(machineId) is not null);

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.PrepareAsync(cancellationToken);
        _ = PumpAsync(home);
        await using var context = await database.ReadAsync(cancellationToken);
        var rows = await context.Hosts.AsNoTracking().ToListAsync(cancellationToken);
        foreach (var row in rows) duty.Rest(row.Name, row.Maintenance);
        var joined = rows.FindAll(row => row.Address is not null);
        foreach (var row in joined) await ConnectAsync(row, cancellationToken);
        // What is known of them is compared with the database next.
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(FirstWait);
        await Task.WhenAll(_remotes.Values.Select(remote => remote.Heard)).WaitAsync(enough.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _tending = time.CreateTimer(_ => Tend(), null, options.Tend, options.Tend);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var name in _remotes.Keys)
        {
            if (_remotes.TryRemove(name, out var remote)) await remote.DisposeAsync();
        }

        if (_tending is not null) await _tending.DisposeAsync();
        _news.Writer.TryComplete();
        _member?.Dispose();
    }

    /// <summary>Begins to keep in touch with a host that has joined.</summary>
    internal async Task ConnectAsync(HostRow row, CancellationToken cancellationToken)
    {
        _member ??= new HouseMember(await authorities.GetAsync(cancellationToken), term.Epoch, time);
        var remote = new RemoteHost(row.Name, new Uri(row.Address!), _member, options.Lease, OnChange, time, logger);
        if (!_remotes.TryAdd(row.Name, remote)) throw new InvalidOperationException($"The host '{row.Name}' is there already.");
        remote.Start(await BelievedAsync(row.Name, cancellationToken));
        _ = PumpAsync(remote.Machines);
    }

    /// <summary>True while the authority of the house is exchanged.</summary>
    internal bool Exchanges => _member?.Trust.IsExchanged == true;

    /// <summary>True when a host has told that it trusts as the house does now.</summary>
    internal bool Trusts(string host) => Remote(host) is { Trust: { } trust } && trust == _member?.Trust.OfHosts;

    /// <summary>Hosts learn whom the house trusts now.</summary>
    internal async Task TrustAsync(CancellationToken cancellationToken)
    {
        if (_member is { } member) member.Exchange(await authorities.GetAsync(cancellationToken));
    }

    /// <summary>Begins or ends the maintenance of a host.</summary>
    internal void Rest(string name, bool rests)
    {
        duty.Rest(name, rests);
        Count();
    }

    /// <summary>Ends keeping in touch.</summary>
    internal async Task DisconnectAsync(string name)
    {
        if (_remotes.TryRemove(name, out var remote)) await remote.DisposeAsync();
        _ = duty.Find(name);
        Count();
        queue.Wake(PoolQueue.Everything);
    }

    private void Tend()
    {
        foreach (var remote in _remotes.Values.Where(remote => remote.Lost is null)) Tended?.Invoke(remote);
    }

    private void Count()
    {
        var own = options.OwnRuns && !duty.Rests(null) ? 1 : 0;
        duty.Makers = Math.Max(1, own + _remotes.Values.Count(remote => remote.Lost is null && !duty.Rests(remote.Name)));
    }

    /// <summary>What the house has written down of a host's machines holds until the host is heard.</summary>
    private async Task<List<HostMachine>> BelievedAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var rows = await context.Machines.AsNoTracking().Where(m => m.Host == name).ToListAsync(cancellationToken);
        foreach (var row in rows) Places[row.Id] = name;
        return rows.FindAll(row => MachineStates.IsMade(row.State)).ConvertAll(row => new HostMachine(
            row.Id, row.Name, row.Source, row.ProcessId ?? 0, null, new ForkTimeline(false, 0, 0), row.ProcessId is null ? MachinePhase.Off : MachinePhase.Ready));
    }

    private void OnChange(RemoteHost remote, Fault? lost)
    {
        if (lost is null) Heard?.Invoke(remote);
        else Lost?.Invoke(remote);
        health.HostsChanged();
        if (lost is null ? duty.Find(remote.Name) : duty.Lose(remote.Name, remote.LetsGo)) Tell(remote, lost);
        Count();
        queue.Wake(PoolQueue.Everything);
        changes.Announce();
    }

    private void Tell(RemoteHost remote, Fault? lost)
    {
        var told = lost is null
            ? new HouseEvent(EventKinds.HostFound, $"The host '{remote.Name}' is back.")
            : new HouseEvent(EventKinds.HostLost, $"{lost.What} {lost.Remedy}", Level: "error");
        _ = jobs.Start($"telling of the host {remote.Name}", async stopping =>
        {
            await events.RecordAsync(told, stopping);
            return true;
        });
    }

    private async Task PumpAsync(IMachineHost machines)
    {
        try
        {
            await foreach (var news in machines.WatchAsync(CancellationToken.None)) _news.Writer.TryWrite(news);
        }
#pragma warning disable CA1031 // Whoever reads the news is told why there are none any more.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _news.Writer.TryComplete(exception);
        }
    }
}

/// <summary>How this server deals with hosts.</summary>
/// <param name="OwnRuns">Whether its own host runs machines.</param>
public sealed record FleetOptions(bool OwnRuns = true)
{
    /// <value>How long a host may be silent.</value>
    public HostLeaseTimes Lease { get; init; } = HostLeaseTimes.Default;

    /// <value>How often hosts are looked after even though nothing was heard.</value>
    public TimeSpan Tend { get; init; } = TimeSpan.FromMinutes(1);
}
