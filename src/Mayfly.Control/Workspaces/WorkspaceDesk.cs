using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Apps;
using Mayfly.Control.Entitlements;
using Mayfly.Control.Events;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Workspaces;

/// <summary>Makes, repairs and removes workspaces.</summary>
public sealed class WorkspaceDesk(HouseDatabase database, WorkspaceBook book, EntitlementList entitlements, AssignmentBook assignments, EventLog events, HouseChanges changes)
{
    private const int Most = 200;

    /// <summary>
    /// Makes one or changes one, and makes the house so. What the one before had named and this one does not stays until somebody takes it back.
    /// Faults: InvalidRequest, NotFound for what it names and there is not, those of the pool's settings.
    /// </summary>
    public async Task<Outcome<WorkspaceView>> SetAsync(string name, Workspace wanted, string actor, CancellationToken cancellationToken)
    {
        if (WorkspaceRules.Complaint(name, wanted) is { } complaint) return complaint;
        var workspace = WorkspaceRules.Clean(wanted);
        var fault = await database.WriteAsync(async context =>
        {
            if (Missing(workspace, await WorkspaceFacts.ReadAsync(context, [workspace], cancellationToken)) is { } missing) return missing;
            var row = await context.Workspaces.SingleOrDefaultAsync(w => w.Name == name, cancellationToken);
            if (row is null && await context.Workspaces.CountAsync(cancellationToken) >= Most) return new Fault(ErrorCode.InvalidRequest, $"A house has at most {Most} workspaces.");
            var before = row?.Workspace;
            if (row is null) context.Workspaces.Add(row = new WorkspaceRow { Name = name, Workspace = workspace });
            row.Workspace = workspace;
            events.Add(context, new HouseEvent(EventKinds.WorkspaceSet, $"The workspace '{name}' was set.", actor, workspace.Pool) { Before = before, After = workspace });
            return (Fault?)null;
        }, cancellationToken);
        return fault ?? await RepairAsync(name, actor, cancellationToken);
    }

    /// <summary>Makes the house as a workspace says. Faults: NotFound, those of entitlements, assignments and the pool's settings.</summary>
    public async Task<Outcome<WorkspaceView>> RepairAsync(string name, string actor, CancellationToken cancellationToken)
    {
        var found = await book.FindAsync(name, cancellationToken);
        if (!found.TryGet(out var view, out var unknown)) return unknown;
        if (await book.RepairAsync(view.Workspace, actor, cancellationToken) is { } fault) return fault;
        changes.Announce();
        return await book.FindAsync(name, cancellationToken);
    }

    /// <summary>Removes one. Faults: NotFound.</summary>
    /// <param name="name">Which.</param>
    /// <param name="withdraw">True takes back the entitlements and assignments it named and no other workspace names; false leaves them as they are.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<Done>> RemoveAsync(string name, bool withdraw, string actor, CancellationToken cancellationToken)
    {
        var all = await book.ListAsync(cancellationToken);
        if (all.FirstOrDefault(view => view.Name == name) is not { } view) return WorkspaceBook.NoWorkspace(name);
        // First, so that what was begun can be gone on with: a workspace that is there says what is still to be taken back.
        if (withdraw) await WithdrawAsync(view.Workspace, [.. all.Where(other => other.Name != name).Select(other => other.Workspace)], actor, cancellationToken);
        await database.WriteAsync(async context =>
        {
            await context.Workspaces.Where(w => w.Name == name).ExecuteDeleteAsync(cancellationToken);
            return events.Add(context, new HouseEvent(EventKinds.WorkspaceRemoved, $"The workspace '{name}' was removed.", actor, view.Workspace.Pool) { Before = view.Workspace });
        }, cancellationToken);
        changes.Announce();
        return Done.Yes;
    }

    private async Task WithdrawAsync(Workspace workspace, IReadOnlyList<Workspace> others, string actor, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var facts = await WorkspaceFacts.ReadAsync(context, [workspace], cancellationToken);
        foreach (var (user, group) in Holders(workspace))
        {
            var same = others.Where(other => Holders(other).Contains((user, group))).ToList();
            if (same.TrueForAll(other => other.Pool != workspace.Pool)) await entitlements.RemoveAsync(new EntitlementView(workspace.Pool, user, group), actor, cancellationToken);
            foreach (var app in workspace.Apps.Where(app => same.TrueForAll(other => !other.Apps.Contains(app))))
            {
                if (facts.Assignment(app, user, group) is { Version: null, Delivery: PackageDelivery.Logon } row) await assignments.RemoveAsync(app, row.Id, actor, cancellationToken);
            }
        }
    }

    private static IEnumerable<(string? User, string? Group)> Holders(Workspace workspace) =>
        workspace.Users.Select(user => ((string?)user, (string?)null)).Concat(workspace.Groups.Select(group => ((string?)null, (string?)group)));

    private static Fault? Missing(Workspace workspace, WorkspaceFacts facts)
    {
        var missing = workspace.Users.Where(user => !facts.HasUser(user)).Select(user => $"the user '{user}'")
            .Concat(workspace.Groups.Where(group => !facts.HasGroup(group)).Select(group => $"the group '{group}'"))
            .Concat(workspace.Apps.Where(app => !facts.HasApp(app)).Select(app => $"the application '{app}'"))
            .Concat(facts.Pool(workspace.Pool) is null ? [$"the pool '{workspace.Pool}'"] : []).ToList();
        return missing.Count == 0 ? null : new Fault(ErrorCode.NotFound, "The workspace names what is not there.", $"There is not {string.Join(", ", missing)}.");
    }
}
