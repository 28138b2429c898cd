using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool list</c>.</summary>
internal sealed class PoolListCommand(CliEnvironment environment) : VerbCommand(environment, "list", "List pools.")
{
    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(await cli.Client.PoolsAsync(cancellationToken), PoolTable.Of);
}
