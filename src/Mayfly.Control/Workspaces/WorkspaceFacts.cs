using Mayfly.Contracts.Api;
using Mayfly.Control.Apps;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Workspaces;

/// <summary>What holds in the house of all that workspaces speak of, read at one moment.</summary>
internal sealed class WorkspaceFacts
{
    private readonly HashSet<string> _users;
    private readonly HashSet<string> _groups;
    private readonly HashSet<string> _apps;
    private readonly Dictionary<string, PoolSettings> _pools;
    private readonly HashSet<EntitlementView> _entitlements;
    private readonly ILookup<(string App, string? User, string? Group), AssignmentRow> _assignments;

    private WorkspaceFacts(
        IEnumerable<string> users, IEnumerable<string> groups, IEnumerable<string> apps, Dictionary<string, PoolSettings> pools, IEnumerable<EntitlementView> entitlements, IEnumerable<AssignmentRow> assignments)
    {
        (_users, _groups, _apps, _pools, _entitlements) = ([.. users], [.. groups], [.. apps], pools, [.. entitlements]);
        _assignments = assignments.ToLookup(row => (row.App, row.User, row.Group));
    }

    /// <summary>Reads what these workspaces speak of.</summary>
    public static async Task<WorkspaceFacts> ReadAsync(MayflyDbContext context, IReadOnlyList<Workspace> workspaces, CancellationToken cancellationToken)
    {
        var users = workspaces.SelectMany(workspace => workspace.Users).Distinct().ToList();
        var groups = workspaces.SelectMany(workspace => workspace.Groups).Distinct().ToList();
        var apps = workspaces.SelectMany(workspace => workspace.Apps).Distinct().ToList();
        var pools = workspaces.Select(workspace => workspace.Pool).Distinct().ToList();
        var mine = await context.Entitlements.Where(e => pools.Contains(e.Pool)).Select(e => new EntitlementView(e.Pool, e.User, null)).ToListAsync(cancellationToken);
        var theirs = await context.GroupEntitlements.Where(e => pools.Contains(e.Pool)).Select(e => new EntitlementView(e.Pool, null, e.Group)).ToListAsync(cancellationToken);
        return new WorkspaceFacts(
            await context.Users.Where(u => users.Contains(u.Name)).Select(u => u.Name).ToListAsync(cancellationToken),
            await context.Groups.Where(g => groups.Contains(g.Name)).Select(g => g.Name).ToListAsync(cancellationToken),
            await context.Apps.Where(a => apps.Contains(a.Name)).Select(a => a.Name).ToListAsync(cancellationToken),
            await context.Pools.Where(p => pools.Contains(p.Name) && !p.Deleting).ToDictionaryAsync(p => p.Name, p => p.Settings, cancellationToken),
            mine.Concat(theirs),
            await context.Assignments.AsNoTracking().Where(a => apps.Contains(a.App) && a.Pool == null).ToListAsync(cancellationToken));
    }

    public bool HasUser(string user) => _users.Contains(user);

    public bool HasGroup(string group) => _groups.Contains(group);

    public bool HasApp(string app) => _apps.Contains(app);

    /// <summary>Settings of a pool, or null when there is none.</summary>
    public PoolSettings? Pool(string pool) => _pools.GetValueOrDefault(pool);

    public bool Has(EntitlementView entitlement) => _entitlements.Contains(entitlement);

    /// <summary>The assignment of an application to a user or a group, or null.</summary>
    public AssignmentRow? Assignment(string app, string? user, string? group) => _assignments[(app, user, group)].FirstOrDefault();
}
