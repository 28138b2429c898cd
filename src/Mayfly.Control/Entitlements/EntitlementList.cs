using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Groups;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Entitlements;

/// <summary>Who may use which pool: users, and the users of groups.</summary>
public sealed class EntitlementList(HouseDatabase database, EventLog events, HouseChanges changes)
{
    /// <summary>The entitlements of a pool, users first. Faults: NotFound.</summary>
    public async Task<Outcome<EntitlementView[]>> ListAsync(string pool, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        if (!await context.Pools.AnyAsync(p => p.Name == pool, cancellationToken)) return PoolFaults.NoPool(pool);
        var users = await context.Entitlements.Where(e => e.Pool == pool).OrderBy(e => e.User).Select(e => new EntitlementView(pool, e.User, null)).ToListAsync(cancellationToken);
        var groups = await context.GroupEntitlements.Where(e => e.Pool == pool).OrderBy(e => e.Group).Select(e => new EntitlementView(pool, null, e.Group)).ToListAsync(cancellationToken);
        return (EntitlementView[])[.. users, .. groups];
    }

    /// <summary>Entitles a user or a group; doing so twice is the same as once. Faults: NotFound.</summary>
    public async Task<Outcome<EntitlementView>> AddAsync(EntitlementView wanted, string actor, CancellationToken cancellationToken)
    {
        var fault = await database.WriteAsync(async context =>
        {
            if (!await context.Pools.AnyAsync(p => p.Name == wanted.Pool, cancellationToken)) return PoolFaults.NoPool(wanted.Pool);
            if (await MissingAsync(context, wanted, cancellationToken) is { } missing) return missing;
            if (await HasAsync(context, wanted, cancellationToken)) return null;
            if (wanted.User is { } user) context.Entitlements.Add(new EntitlementRow { Pool = wanted.Pool, User = user });
            else context.GroupEntitlements.Add(new GroupEntitlementRow { Pool = wanted.Pool, Group = wanted.Group! });
            events.Add(context, new HouseEvent(EventKinds.EntitlementAdded, $"{Who(wanted)} may now use the pool '{wanted.Pool}'.", actor, wanted.Pool) { User = wanted.User, After = wanted });
            return (Fault?)null;
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
            var rows = unwanted.User is { } user
                ? await context.Entitlements.Where(e => e.Pool == unwanted.Pool && e.User == user).ExecuteDeleteAsync(cancellationToken)
                : await context.GroupEntitlements.Where(e => e.Pool == unwanted.Pool && e.Group == unwanted.Group).ExecuteDeleteAsync(cancellationToken);
            if (rows > 0)
                events.Add(context, new HouseEvent(EventKinds.EntitlementRemoved, $"{Who(unwanted)} may no longer use the pool '{unwanted.Pool}'.", actor, unwanted.Pool) { User = unwanted.User, Before = unwanted });
            return rows > 0;
        }, cancellationToken);
        if (!removed) return new Fault(ErrorCode.NotFound, $"{Who(unwanted)} has no entitlement to the pool '{unwanted.Pool}'.");
        changes.Announce();
        return Done.Yes;
    }

    /// <summary>Pools a user may use, by themselves or by a group.</summary>
    internal static IQueryable<string> PoolsOf(MayflyDbContext context, string user) => context.Entitlements.Where(e => e.User == user).Select(e => e.Pool)
        .Union(from e in context.GroupEntitlements join m in context.GroupMembers on e.Group equals m.Group where m.User == user select e.Pool);

    private static async Task<Fault?> MissingAsync(MayflyDbContext context, EntitlementView wanted, CancellationToken cancellationToken)
    {
        if (wanted.User is { } user) return await context.Users.AnyAsync(u => u.Name == user, cancellationToken) ? null : UserDirectory.NoUser(user);
        return await context.Groups.AnyAsync(g => g.Name == wanted.Group, cancellationToken) ? null : GroupBook.NoGroup(wanted.Group ?? "");
    }

    private static Task<bool> HasAsync(MayflyDbContext context, EntitlementView wanted, CancellationToken cancellationToken) => wanted.User is { } user
        ? context.Entitlements.AnyAsync(e => e.Pool == wanted.Pool && e.User == user, cancellationToken)
        : context.GroupEntitlements.AnyAsync(e => e.Pool == wanted.Pool && e.Group == wanted.Group, cancellationToken);

    private static string Who(EntitlementView entitlement) => entitlement.User is { } user ? $"'{user}'" : $"The group '{entitlement.Group}'";
}
