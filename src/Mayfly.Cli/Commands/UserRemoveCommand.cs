using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>user remove</c>.</summary>
internal sealed class UserRemoveCommand(CliEnvironment environment)
    : DeedCommand(environment, "remove", "Remove a user who has no machine.", "user", "User name")
{
    protected override Deed Begin(MayflyClient client, string user, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.RemoveUserAsync(user, cancellationToken), $"User {user} is removed.", new { Removed = user });
}
