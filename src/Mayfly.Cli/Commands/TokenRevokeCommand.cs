using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>token revoke</c>.</summary>
internal sealed class TokenRevokeCommand(CliEnvironment environment)
    : DeedCommand(environment, "revoke", "Revoke an API token.", "token", "Token id, as \"token list\" shows it")
{
    protected override Deed Begin(MayflyClient client, string token, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.RevokeTokenAsync(token, cancellationToken), $"Token {token} is revoked.", new { Revoked = token });
}
