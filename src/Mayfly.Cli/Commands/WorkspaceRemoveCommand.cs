using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>workspace remove</c>.</summary>
internal sealed class WorkspaceRemoveCommand : DeedCommand
{
    private readonly Option<bool> _withdraw = new("--withdraw") { Description = "Take back what it gave and no other workspace gives" };

    public WorkspaceRemoveCommand(CliEnvironment environment)
        : base(environment, "remove", "Remove a workspace.", "workspace", "Name of the workspace") => Options.Add(_withdraw);

    protected override Deed Begin(MayflyClient client, string workspace, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.RemoveWorkspaceAsync(workspace, parsed.GetValue(_withdraw), cancellationToken), $"The workspace {workspace} is removed.", new { Removed = workspace });
}
