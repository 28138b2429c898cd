using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Apps;
using Mayfly.Control.Entitlements;
using Mayfly.Control.Pools;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Workspaces;

/// <summary>Workspaces, and where the house is not as they say: one is a wish, what holds are entitlements, assignments and the pool's settings, which anybody with the right may change.</summary>
public sealed class WorkspaceBook(HouseDatabase database, EntitlementList entitlements, AssignmentBook assignments, PoolCatalog pools)
{
    /// <summary>All, by name.</summary>
    public Task<IReadOnlyList<WorkspaceView>> ListAsync(CancellationToken cancellationToken) => ViewAsync(all => all, cancellationToken);

    /// <summary>One. Faults: NotFound.</summary>
    public async Task<Outcome<WorkspaceView>> FindAsync(string name, CancellationToken cancellationToken) =>
        (await ViewAsync(all => all.Where(w => w.Name == name), cancellationToken)).SingleOrDefault() is { } found ? found : NoWorkspace(name);

    /// <summary>Makes so what can be made so; the first that fails ends it. Faults: those of entitlements, assignments and pools.</summary>
    internal async Task<Fault?> RepairAsync(Workspace workspace, string actor, CancellationToken cancellationToken)
    {
        List<WorkspaceGap> gaps;
        await using (var context = await database.ReadAsync(cancellationToken))
            gaps = [.. Gaps(workspace, await WorkspaceFacts.ReadAsync(context, [workspace], cancellationToken), actor)];
        foreach (var repair in gaps.Select(gap => gap.Repair).OfType<Func<CancellationToken, Task<Fault?>>>())
        {
            if (await repair(cancellationToken) is { } fault) return fault;
        }

        return null;
    }

    internal static Fault NoWorkspace(string name) => new(ErrorCode.NotFound, $"There is no workspace '{name}'.");

    private async Task<IReadOnlyList<WorkspaceView>> ViewAsync(Func<IQueryable<WorkspaceRow>, IQueryable<WorkspaceRow>> which, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var rows = await which(context.Workspaces.AsNoTracking()).OrderBy(w => w.Name).ToListAsync(cancellationToken);
        var facts = await WorkspaceFacts.ReadAsync(context, rows.ConvertAll(row => row.Workspace), cancellationToken);
        return rows.ConvertAll(row => new WorkspaceView(row.Name, row.Workspace, [.. Gaps(row.Workspace, facts, "").Select(gap => gap.ToDrift())]));
    }

    private IEnumerable<WorkspaceGap> Gaps(Workspace workspace, WorkspaceFacts facts, string actor)
    {
        var users = workspace.Users.Select(user => (User: (string?)user, Group: (string?)null, There: facts.HasUser(user), Words: $"'{user}'"));
        var groups = workspace.Groups.Select(group => (User: (string?)null, Group: (string?)group, There: facts.HasGroup(group), Words: $"The group '{group}'"));
        var holders = users.Concat(groups).ToList();
        var pool = facts.Pool(workspace.Pool);
        if (pool is null) yield return new WorkspaceGap($"There is no pool '{workspace.Pool}' any more.");
        if (pool is { Persona: false } && workspace.Persona)
            yield return new WorkspaceGap($"The settings of users of '{workspace.Pool}' do not follow them.", async token => (await pools.ChangeAsync(workspace.Pool, pool with { Persona = true }, actor, token)).Fault);
        foreach (var app in workspace.Apps.Where(app => !facts.HasApp(app))) yield return new WorkspaceGap($"There is no application '{app}' any more.");
        foreach (var holder in holders.Where(holder => !holder.There)) yield return new WorkspaceGap($"{holder.Words} is not there any more.");
        foreach (var (user, group, _, words) in holders.Where(holder => holder.There))
        {
            var entitlement = new EntitlementView(workspace.Pool, user, group);
            if (pool is not null && !facts.Has(entitlement))
                yield return new WorkspaceGap($"{words} may not use '{workspace.Pool}'.", async token => (await entitlements.AddAsync(entitlement, actor, token)).Fault);
            foreach (var app in workspace.Apps.Where(facts.HasApp))
            {
                if (GapOf(app, user, group, words, facts.Assignment(app, user, group), actor) is { } gap) yield return gap;
            }
        }
    }

    private WorkspaceGap? GapOf(string app, string? user, string? group, string words, AssignmentRow? present, string actor) => present switch
    {
        null => new WorkspaceGap($"{words} does not have '{app}'.", async token => (await assignments.AddAsync(app, new AssignAppRequest(User: user, Group: group), actor, token)).Fault),
        { Version: null, Delivery: PackageDelivery.Logon } => null,
        _ => new WorkspaceGap($"{words} has '{app}' in another version or delivery."),
    };
}
