using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>app delete</c>.</summary>
internal sealed class AppDeleteCommand(CliEnvironment environment)
    : DeedCommand(environment, "delete", "Remove an application with its packages, when nothing uses it.", "app", "Application name")
{
    protected override Deed Begin(MayflyClient client, string app, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.RemoveAppAsync(app, cancellationToken), $"Application {app} is removed.", new { Removed = app });
}
