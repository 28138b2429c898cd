using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>entitlement add</c>.</summary>
internal sealed class EntitlementAddCommand(CliEnvironment environment)
    : EntitlementCommand(environment, "add", "Let a user or a group use a pool.")
{
    protected override Deed Begin(CliSession cli, EntitlementView entitlement, string holder, CancellationToken cancellationToken) =>
        new(cli.Client.EntitleAsync(entitlement, cancellationToken), $"{holder} may now use {entitlement.Pool}.", new { Added = entitlement });
}
