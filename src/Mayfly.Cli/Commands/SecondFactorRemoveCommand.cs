using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>user second-factor remove</c>.</summary>
internal sealed class SecondFactorRemoveCommand(CliEnvironment environment)
    : DeedCommand(environment, "remove", "Remove the second factor of a user who has lost it.", "user", "User name")
{
    protected override Deed Begin(MayflyClient client, string user, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.RemoveSecondFactorAsync(user, cancellationToken), $"{user} has no second factor any more.", new { SecondFactorRemoved = user });
}
