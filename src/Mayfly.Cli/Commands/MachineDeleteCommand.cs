using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>machine delete</c>.</summary>
internal sealed class MachineDeleteCommand : VerbCommand
{
    private readonly Argument<string> _machine = new("machine") { Description = "Machine name" };

    public MachineDeleteCommand(CliEnvironment environment)
        : base(environment, "delete", "Destroy a machine; its pool makes a fresh one.") => Arguments.Add(_machine);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var machine = parsed.GetRequiredValue(_machine);
        var outcome = await cli.Client.DeleteMachineAsync(machine, cancellationToken);
        return cli.Report.Confirm(outcome, $"Machine {machine} is destroyed.", new { Deleted = machine });
    }
}
