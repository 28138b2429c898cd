using System.CommandLine;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary><c>machine fork</c>: steps 3 and 4 of the main path, by hand.</summary>
internal sealed class MachineForkCommand : VerbCommand
{
    private readonly Argument<string> _pool = new("pool") { Description = "Pool to add a machine to" };
    private readonly Option<bool> _trace = new("--trace") { Description = "Show how long each step took" };

    public MachineForkCommand(CliEnvironment environment)
        : base(environment, "fork", "Fork one more machine into a pool.")
    {
        Arguments.Add(_pool);
        Options.Add(_trace);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var forked = await cli.Client.ForkMachineAsync(parsed.GetRequiredValue(_pool), cancellationToken);
        var traced = parsed.GetValue(_trace);
        return cli.Report.Show(forked, machine => traced ? new Rows(MachineTable.Facts(machine), MachineTable.Trace(machine.Trace)) : MachineTable.Facts(machine));
    }
}
