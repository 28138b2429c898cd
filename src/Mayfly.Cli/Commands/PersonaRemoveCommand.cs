using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>persona remove</c>.</summary>
internal sealed class PersonaRemoveCommand(CliEnvironment environment)
    : DeedCommand(environment, "remove", "Remove all that is kept of a user's settings, for good.", "user", "User name")
{
    protected override Deed Begin(MayflyClient client, string user, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.RemovePersonaAsync(user, cancellationToken), $"Nothing is kept of the settings of {user} any more.", new { Removed = user });
}
