using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>machine unassign</c>.</summary>
internal sealed class MachineUnassignCommand(CliEnvironment environment)
    : MachineActionCommand(environment, "unassign", "Take a machine from its owner.")
{
    protected override Task<Outcome<MachineView>> ActAsync(
        MayflyClient client, string machine, ParseResult parsed, CancellationToken cancellationToken) =>
        client.UnassignMachineAsync(machine, cancellationToken);
}
