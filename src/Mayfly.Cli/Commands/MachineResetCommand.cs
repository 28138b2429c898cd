using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>machine reset</c>.</summary>
internal sealed class MachineResetCommand(CliEnvironment environment)
    : MachineActionCommand(environment, "reset", "Switch a machine off and on hard; its disk is kept, unsaved work is lost.")
{
    protected override Task<Outcome<MachineView>> ActAsync(
        MayflyClient client, string machine, ParseResult parsed, CancellationToken cancellationToken) =>
        client.ResetMachineAsync(machine, cancellationToken);
}
