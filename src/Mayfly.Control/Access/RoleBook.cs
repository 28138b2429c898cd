using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Groups;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Access;

/// <summary>Who has which role.</summary>
public sealed class RoleBook(HouseDatabase database, EventLog events, HouseChanges changes)
{
    /// <summary>All grants, by whom they are given to.</summary>
    public async Task<IReadOnlyList<RoleGrantView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var rows = await context.RoleGrants.AsNoTracking().OrderBy(g => g.User ?? g.Group).ThenBy(g => g.Role).ThenBy(g => g.Pool).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => row.ToView());
    }

    /// <summary>Gives a role; doing so twice is the same as once. Faults: InvalidRequest, NotFound.</summary>
    public async Task<Outcome<RoleGrantView>> GrantAsync(GrantRoleRequest request, string actor, CancellationToken cancellationToken)
    {
        if (request.User is null == (request.Group is null)) return new Fault(ErrorCode.InvalidRequest, "A role is given to a user or to a group.", "Exactly one of the two must be named.");
        if (!Enum.IsDefined(request.Role)) return new Fault(ErrorCode.InvalidRequest, "There is no such role.");
        if (request.Pool is not null && !RolePermissions.Of(request.Role, request.Pool).Any()) return new Fault(ErrorCode.InvalidRequest, $"{request.Role} can not be limited to a pool.");
        var granted = await database.WriteAsync(async context =>
        {
            if (await MissingAsync(context, request, cancellationToken) is { } missing) return (Outcome<RoleGrantView>)missing;
            var same = await context.RoleGrants.AsNoTracking().FirstOrDefaultAsync(
                g => g.Role == request.Role && g.User == request.User && g.Group == request.Group && g.Pool == request.Pool, cancellationToken);
            if (same is not null) return same.ToView();
            var row = new RoleGrantRow { Id = Secrets.MakeId(), Role = request.Role, User = request.User, Group = request.Group, Pool = request.Pool };
            context.RoleGrants.Add(row);
            events.Add(context, new HouseEvent(EventKinds.RoleGranted, $"{Words(row)} was given.", actor, row.Pool) { User = row.User, After = row.ToView() });
            return row.ToView();
        }, cancellationToken);
        changes.Announce();
        return granted;
    }

    /// <summary>Takes a role back, at once. Faults: NotFound.</summary>
    public async Task<Outcome<Done>> RevokeAsync(string id, string actor, CancellationToken cancellationToken)
    {
        var revoked = await database.WriteAsync(async context =>
        {
            var row = await context.RoleGrants.SingleOrDefaultAsync(g => g.Id == id, cancellationToken);
            if (row is null) return false;
            context.RoleGrants.Remove(row);
            events.Add(context, new HouseEvent(EventKinds.RoleRevoked, $"{Words(row)} was taken back.", actor, row.Pool) { User = row.User, Before = row.ToView() });
            return true;
        }, cancellationToken);
        if (!revoked) return new Fault(ErrorCode.NotFound, "There is no such grant of a role.", null, "It may have been taken back already.");
        changes.Announce();
        return Done.Yes;
    }

    /// <summary>What a user may do, by roles of their own and of their groups.</summary>
    internal static async Task<AccessRights> RightsAsync(MayflyDbContext context, string user, CancellationToken cancellationToken)
    {
        var roles = await context.RoleGrants
            .Where(g => g.User == user || context.GroupMembers.Any(m => m.User == user && m.Group == g.Group))
            .Select(g => new { g.Role, g.Pool }).ToListAsync(cancellationToken);
        return roles.Count == 0 ? AccessRights.None : AccessRights.Of(roles.Select(r => (r.Role, r.Pool)));
    }

    private static async Task<Fault?> MissingAsync(MayflyDbContext context, GrantRoleRequest request, CancellationToken cancellationToken)
    {
        if (request.User is { } user && !await context.Users.AnyAsync(u => u.Name == user, cancellationToken)) return UserDirectory.NoUser(user);
        if (request.Group is { } group && !await context.Groups.AnyAsync(g => g.Name == group, cancellationToken)) return GroupBook.NoGroup(group);
        return request.Pool is { } pool && !await context.Pools.AnyAsync(p => p.Name == pool, cancellationToken) ? PoolFaults.NoPool(pool) : null;
    }

    private static string Words(RoleGrantRow row) =>
        $"The role {row.Role} of {(row.User is null ? $"the group '{row.Group}'" : $"'{row.User}'")} over {(row.Pool is null ? "the house" : $"the pool '{row.Pool}'")}";
}
