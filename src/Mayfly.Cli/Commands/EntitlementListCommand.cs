using System.CommandLine;
using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary><c>entitlement list</c>.</summary>
internal sealed class EntitlementListCommand : VerbCommand
{
    private readonly Argument<string> _pool = new("pool") { Description = "Pool name" };

    public EntitlementListCommand(CliEnvironment environment)
        : base(environment, "list", "List who may use a pool.") => Arguments.Add(_pool);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(await cli.Client.EntitlementsAsync(parsed.GetRequiredValue(_pool), cancellationToken), Render);

    private static Table Render(List<EntitlementView> entitlements) =>
        TextTable.Of(["pool", "user"], entitlements.Select(IReadOnlyList<string?> (entitlement) => [entitlement.Pool, entitlement.User]));
}
