using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>entitlement remove</c>.</summary>
internal sealed class EntitlementRemoveCommand(CliEnvironment environment)
    : EntitlementCommand(environment, "remove", "Take a pool away from a user or a group.")
{
    protected override Deed Begin(CliSession cli, EntitlementView entitlement, string holder, CancellationToken cancellationToken) =>
        new(cli.Client.DisentitleAsync(entitlement, cancellationToken), $"{holder} may no longer use {entitlement.Pool}.", new { Removed = entitlement });
}
