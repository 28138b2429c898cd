using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Entitlements;

/// <summary>Who may use which pool.</summary>
public sealed class EntitlementList(HouseDatabase database, EventLog events, HouseChanges changes)
{
    /// <summary>The entitlements of a pool by user. Faults: NotFound.</summary>
    public async Task<Outcome<EntitlementView[]>> ListAsync(string pool, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        if (!await context.Pools.AnyAsync(p => p.Name == pool, cancellationToken)) return NoPool(pool);
        return await context.Entitlements.Where(e => e.Pool == pool).OrderBy(e => e.User)
            .Select(e => new EntitlementView(e.Pool, e.User)).ToArrayAsync(cancellationToken);
    }

    /// <summary>Entitles a user; doing so twice is the same as once. Faults: NotFound.</summary>
    public async Task<Outcome<EntitlementView>> AddAsync(EntitlementView wanted, string actor, CancellationToken cancellationToken)
    {
        var fault = await database.WriteAsync(async context =>
        {
            if (!await context.Pools.AnyAsync(p => p.Name == wanted.Pool, cancellationToken)) return NoPool(wanted.Pool);
            if (!await context.Users.AnyAsync(u => u.Name == wanted.User, cancellationToken))
                return new Fault(ErrorCode.NotFound, $"There is no user '{wanted.User}'.");
            if (await context.Entitlements.AnyAsync(e => e.Pool == wanted.Pool && e.User == wanted.User, cancellationToken)) return null;
            context.Entitlements.Add(new EntitlementRow { Pool = wanted.Pool, User = wanted.User });
            events.Add(context, new HouseEvent(EventKinds.EntitlementAdded, $"'{wanted.User}' may now use the pool '{wanted.Pool}'.", actor, wanted.Pool));
            return null;
        }, cancellationToken);
        if (fault is not null) return fault;
        changes.Announce();
        return wanted;
    }

    /// <summary>Takes an entitlement back. A session in progress goes on; no new one is opened. Faults: NotFound.</summary>
    public async Task<Outcome<Done>> RemoveAsync(EntitlementView unwanted, string actor, CancellationToken cancellationToken)
    {
        var removed = await database.WriteAsync(async context =>
        {
            var rows = await context.Entitlements.Where(e => e.Pool == unwanted.Pool && e.User == unwanted.User).ExecuteDeleteAsync(cancellationToken);
            if (rows > 0)
                events.Add(context, new HouseEvent(EventKinds.EntitlementRemoved, $"'{unwanted.User}' may no longer use the pool '{unwanted.Pool}'.", actor, unwanted.Pool));
            return rows > 0;
        }, cancellationToken);
        if (!removed) return new Fault(ErrorCode.NotFound, $"'{unwanted.User}' has no entitlement to the pool '{unwanted.Pool}'.");
        changes.Announce();
        return Done.Yes;
    }

    private static Fault NoPool(string pool) => new(ErrorCode.NotFound, $"There is no pool '{pool}'.");
}
