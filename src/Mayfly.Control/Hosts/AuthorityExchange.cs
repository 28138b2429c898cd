using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Remote.Calling;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Hosts;

/// <summary>
/// Exchanges the authority of the house while everything runs:
/// 1. hosts learn to trust the new one as well;
/// 2. it signs: servers and hosts get certificates of it, and connect anew;
/// 3. the one before is trusted no more.
/// Each step is taken once every host has told that it has taken the one before, so that at no time one end shows what the other does not trust.
/// </summary>
public sealed class AuthorityExchange : IDisposable
{
    private readonly HouseDatabase _database;
    private readonly HouseAuthorityStore _store;
    private readonly HostFleet _fleet;
    private readonly BackgroundJobs _jobs;
    private readonly SemaphoreSlim _turn = new(1, 1);

    public AuthorityExchange(HouseDatabase database, HouseAuthorityStore store, HostFleet fleet, BackgroundJobs jobs)
    {
        (_database, _store, _fleet, _jobs) = (database, store, fleet, jobs);
        fleet.Tended += Tend;
    }

    /// <summary>The authority, and how far it is exchanged. Faults: NotFound while there was never a host.</summary>
    public async Task<Outcome<HouseAuthorityView>> FindAsync(CancellationToken cancellationToken)
    {
        if (!(await _store.FindAsync(cancellationToken)).TryGet(out var found, out var missing)) return missing;
        using var trust = found.Trust;
        var step = found.Stage switch
        {
            AuthorityStage.Announced => AuthorityExchangeStep.Announced,
            AuthorityStage.Retired => AuthorityExchangeStep.Replaced,
            _ => (AuthorityExchangeStep?)null,
        };
        var exchange = step is { } known ? new AuthorityExchangeView(known, await BehindAsync(cancellationToken)) : null;
        return new HouseAuthorityView(trust.Signer.Fingerprint, trust.Signer.Ends, exchange);
    }

    /// <summary>Begins. Faults: NotFound while there was never a host, Busy while it is exchanged.</summary>
    public async Task<Outcome<HouseAuthorityView>> BeginAsync(string actor, CancellationToken cancellationToken)
    {
        if (await _store.AnnounceAsync(actor, cancellationToken) is { } refused) return refused;
        await _fleet.TrustAsync(cancellationToken);
        await AdvanceAsync(cancellationToken);
        return await FindAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private void Tend(RemoteHost remote)
    {
        if (_fleet.Exchanges) _ = _jobs.Start("exchanging the authority of the house", AdvanceAsync);
    }

    private async Task<bool> AdvanceAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (await _store.StageAsync(cancellationToken) is not null && (await BehindAsync(cancellationToken)).Count == 0)
            {
                await _store.AdvanceAsync(cancellationToken);
                await _fleet.TrustAsync(cancellationToken);
            }

            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Hosts that do not trust as the house does now, or have not told.</summary>
    private async Task<List<string>> BehindAsync(CancellationToken cancellationToken)
    {
        await using var context = await _database.ReadAsync(cancellationToken);
        var hosts = await context.Hosts.Where(h => h.Address != null).OrderBy(h => h.Name).Select(h => h.Name).ToListAsync(cancellationToken);
        return hosts.FindAll(host => !_fleet.Trusts(host));
    }
}
