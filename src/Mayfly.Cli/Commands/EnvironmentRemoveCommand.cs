using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>environment remove</c>.</summary>
internal sealed class EnvironmentRemoveCommand(CliEnvironment environment)
    : DeedCommand(environment, "remove", "Remove an environment; sessions that have it keep it.", "environment", "Name of the environment")
{
    protected override Deed Begin(MayflyClient client, string name, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.RemoveEnvironmentAsync(name, cancellationToken), $"The environment {name} is removed.", new { Removed = name });
}
