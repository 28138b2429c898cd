using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>workspace list</c>.</summary>
internal sealed class WorkspaceListCommand(CliEnvironment environment) : ViewCommand<List<WorkspaceView>>(environment, "list", "List workspaces, and how much is not as they say.")
{
    protected override Task<Outcome<List<WorkspaceView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) => cli.Client.WorkspacesAsync(cancellationToken);

    protected override IRenderable Render(List<WorkspaceView> workspaces) => WorkspaceTable.Of(workspaces);
}
