using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>workspace show</c>.</summary>
internal sealed class WorkspaceShowCommand(CliEnvironment environment)
    : NamedViewCommand<WorkspaceView>(environment, "show", "Show a workspace, and each thing that is not as it says.", "workspace", "Name of the workspace")
{
    protected override async Task<Outcome<WorkspaceView>> ReadAsync(MayflyClient client, string workspace, CancellationToken cancellationToken)
    {
        var all = await client.WorkspacesAsync(cancellationToken);
        if (!all.TryGet(out var workspaces, out var fault))
            return fault;
        return workspaces.Find(one => one.Name == workspace) is { } found ? found : new Fault(ErrorCode.NotFound, $"There is no workspace '{workspace}'.", null, "\"workspace list\" tells those there are.");
    }

    protected override IRenderable Render(WorkspaceView workspace) => WorkspaceTable.WithDrift(workspace);
}
