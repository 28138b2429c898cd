using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool list</c>.</summary>
internal sealed class PoolListCommand(CliEnvironment environment) : ViewCommand<List<PoolView>>(environment, "list", "List pools.")
{
    protected override Task<Outcome<List<PoolView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.PoolsAsync(cancellationToken);

    protected override IRenderable Render(List<PoolView> pools) => PoolTable.Of(pools);
}
