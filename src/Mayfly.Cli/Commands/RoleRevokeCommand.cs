using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>role revoke</c>.</summary>
internal sealed class RoleRevokeCommand(CliEnvironment environment)
    : DeedCommand(environment, "revoke", "Take a role back, at once.", "grant", "Grant id, as \"role list\" shows it")
{
    protected override Deed Begin(MayflyClient client, string grant, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.RevokeRoleAsync(grant, cancellationToken), $"Grant {grant} is taken back.", new { Revoked = grant });
}
