using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Machines;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Sessions;

/// <summary>All that the help desk wants to know of one person, read at once.</summary>
public sealed class PersonReader(HouseDatabase database, UserDirectory users, SignIns signIns, SessionReader sessions, MachineCatalog machines)
{
    private const int EndedShown = 20;
    private const int ProblemsShown = 20;
    private const int MachinesShown = 100;

    /// <summary>A person, as far as the caller may see. Faults: NotFound.</summary>
    /// <param name="name">Login name.</param>
    /// <param name="rights">What the caller may see.</param>
    /// <param name="current">The caller's own sign-in, or null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<PersonView>> FindAsync(string name, AccessRights rights, string? current, CancellationToken cancellationToken)
    {
        var found = await users.FindAsync(name, cancellationToken);
        if (!found.TryGet(out var user, out var fault)) return fault;
        await using var context = await database.ReadAsync(cancellationToken);
        var theirs = (await machines.PageAsync(rights.ScopeOf(Permission.ViewMachines), new MachineFilter { User = name }, null, MachinesShown, cancellationToken)).Items.ToList();
        return new PersonView(
            user,
            await DesktopsAsync(context, name, rights.ScopeOf(Permission.ViewPools), cancellationToken),
            await SessionsAsync(name, rights.ScopeOf(Permission.ViewSessions), cancellationToken),
            theirs,
            await signIns.ListAsync(name, current, cancellationToken),
            await ProblemsAsync(context, name, theirs.ConvertAll(m => m.Name), rights.ScopeOf(Permission.ViewEvents), cancellationToken));
    }

    private static async Task<IReadOnlyList<PersonDesktop>> DesktopsAsync(MayflyDbContext context, string user, PoolScope scope, CancellationToken cancellationToken)
    {
        var own = await context.Entitlements.AsNoTracking().Where(e => e.User == user).Select(e => new { e.Pool, Group = (string?)null }).ToListAsync(cancellationToken);
        var groups = await context.GroupEntitlements.AsNoTracking().Where(e => context.GroupMembers.Any(m => m.User == user && m.Group == e.Group))
            .Select(e => new { e.Pool, Group = (string?)e.Group }).ToListAsync(cancellationToken);
        var named = (await context.Pools.AsNoTracking().ToListAsync(cancellationToken)).ToDictionary(p => p.Name, p => p.DisplayName);
        // Who is entitled twice is shown so: taking one away leaves the other.
        return [.. own.Concat(groups).Where(e => scope.Contains(e.Pool)).OrderBy(e => e.Pool, StringComparer.Ordinal).ThenBy(e => e.Group, StringComparer.Ordinal)
            .Select(e => new PersonDesktop(e.Pool, named[e.Pool], e.Group))];
    }

    private async Task<IReadOnlyList<SessionView>> SessionsAsync(string user, PoolScope scope, CancellationToken cancellationToken)
    {
        var theirs = new SessionFilter(scope) { User = user };
        var open = await sessions.ListAsync(theirs with { State = SessionState.Open }, null, int.MaxValue - 1, cancellationToken);
        var ended = await sessions.ListAsync(theirs with { State = SessionState.Ended }, null, EndedShown, cancellationToken);
        return [.. open.Value.Items, .. ended.Value.Items];
    }

    private static async Task<IReadOnlyList<EventView>> ProblemsAsync(
        MayflyDbContext context, string user, List<string> machines, PoolScope scope, CancellationToken cancellationToken)
    {
        var about = context.Events.AsNoTracking().Where(e => e.Level != "info" && (e.User == user || (e.Machine != null && machines.Contains(e.Machine))));
        if (scope.Pools is { } pools)
        {
            var seen = pools.ToList();
            about = about.Where(e => e.Pool != null && seen.Contains(e.Pool));
        }

        return (await about.OrderByDescending(e => e.Id).Take(ProblemsShown).ToListAsync(cancellationToken)).ConvertAll(row => row.ToView());
    }
}
