using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>user unlock</c>.</summary>
internal sealed class UserUnlockCommand(CliEnvironment environment)
    : DeedCommand(environment, "unlock", "Free a user whose sign-in is paused after wrong passwords.", "user", "User name")
{
    protected override Deed Begin(MayflyClient client, string user, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.UnlockUserAsync(user, cancellationToken), $"{user} may sign in again.", new { Unlocked = user });
}
