using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary>A verb that does something to one machine and shows it as it is then.</summary>
internal abstract class MachineActionCommand : VerbCommand
{
    private readonly Argument<string> _machine = new("machine") { Description = "Machine name" };

    protected MachineActionCommand(CliEnvironment environment, string name, string description)
        : base(environment, name, description) => Arguments.Add(_machine);

    /// <summary>Does it; answers when it is done.</summary>
    protected abstract Task<Outcome<MachineView>> ActAsync(
        MayflyClient client, string machine, ParseResult parsed, CancellationToken cancellationToken);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(await ActAsync(cli.Client, parsed.GetRequiredValue(_machine), parsed, cancellationToken), MachineTable.Facts);
}
