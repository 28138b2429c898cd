using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>user sign-out</c>.</summary>
internal sealed class UserSignOutCommand(CliEnvironment environment)
    : DeedCommand(environment, "sign-out", "End all sign-ins of a user; their displays close.", "user", "User name")
{
    protected override Deed Begin(MayflyClient client, string user, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.SignOutUserAsync(user, cancellationToken), $"{user} is signed out everywhere.", new { SignedOut = user });
}
