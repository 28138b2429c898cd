using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary>How workspaces are shown.</summary>
internal static class WorkspaceTable
{
    public static Table Of(IEnumerable<WorkspaceView> workspaces) => TextTable.Of(
        ["workspace", "shown as", "users", "groups", "pool", "apps", "settings", "drift"],
        workspaces.Select(IReadOnlyList<string?> (view) =>
        [
            view.Name, view.Workspace.DisplayName, string.Join(", ", view.Workspace.Users), string.Join(", ", view.Workspace.Groups), view.Workspace.Pool, string.Join(", ", view.Workspace.Apps),
            view.Workspace.Persona ? "follow" : null, view.Drift.Count == 0 ? null : Words.Number(view.Drift.Count),
        ]));

    /// <summary>One, and each thing that is not as it says.</summary>
    public static IRenderable WithDrift(WorkspaceView view) => view.Drift.Count == 0
        ? Of([view])
        : new Rows(Of([view]), TextTable.Of(["not as it says", "can be repaired"], view.Drift.Select(IReadOnlyList<string?> (drift) => [drift.What, drift.Repairable ? "yes" : "no"])));
}
