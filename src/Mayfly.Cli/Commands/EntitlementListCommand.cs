using Mayfly.Cli.Client;
using Mayfly.Cli.Output;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>entitlement list</c>.</summary>
internal sealed class EntitlementListCommand(CliEnvironment environment)
    : NamedViewCommand<List<EntitlementView>>(environment, "list", "List who may use a pool.", "pool", "Pool name")
{
    protected override Task<Outcome<List<EntitlementView>>> ReadAsync(MayflyClient client, string pool, CancellationToken cancellationToken) =>
        client.EntitlementsAsync(pool, cancellationToken);

    protected override IRenderable Render(List<EntitlementView> entitlements) => TextTable.Of(
        ["pool", "user", "group"],
        entitlements.Select(IReadOnlyList<string?> (entitlement) => [entitlement.Pool, entitlement.User, entitlement.Group]));
}
