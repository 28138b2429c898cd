using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>workspace show</c>.</summary>
internal sealed class WorkspaceShowCommand(CliEnvironment environment) : ListedViewCommand<WorkspaceView>(environment, "Show a workspace, and each thing that is not as it says.", "workspace", "workspace")
{
    protected override Task<Outcome<List<WorkspaceView>>> ListAsync(MayflyClient client, CancellationToken cancellationToken) => client.WorkspacesAsync(cancellationToken);

    protected override string NameOf(WorkspaceView view) => view.Name;

    protected override IRenderable Render(WorkspaceView view) => WorkspaceTable.WithDrift(view);
}
