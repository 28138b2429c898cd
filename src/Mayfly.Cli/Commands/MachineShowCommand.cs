using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>machine show</c>.</summary>
internal sealed class MachineShowCommand : VerbCommand
{
    private readonly Argument<string> _machine = new("machine") { Description = "Machine name" };

    public MachineShowCommand(CliEnvironment environment)
        : base(environment, "show", "Show one machine and how long its making took.") => Arguments.Add(_machine);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(await cli.Client.MachineAsync(parsed.GetRequiredValue(_machine), cancellationToken), MachineTable.Facts);
}
