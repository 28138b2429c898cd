using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>machine list</c>.</summary>
internal sealed class MachineListCommand(CliEnvironment environment) : VerbCommand(environment, "list", "List machines.")
{
    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(await cli.Client.MachinesAsync(cancellationToken), MachineTable.Of);
}
