using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>machine fork</c>: steps 3 and 4 of the main path, by hand.</summary>
internal sealed class MachineForkCommand : VerbCommand
{
    private readonly Argument<string> _pool = new("pool") { Description = "Pool to add a machine to" };

    public MachineForkCommand(CliEnvironment environment)
        : base(environment, "fork", "Fork one more machine into a pool.") => Arguments.Add(_pool);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(await cli.Client.ForkMachineAsync(parsed.GetRequiredValue(_pool), cancellationToken), MachineTable.Facts);
}
