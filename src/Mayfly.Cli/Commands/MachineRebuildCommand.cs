using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>machine rebuild</c>.</summary>
internal sealed class MachineRebuildCommand(CliEnvironment environment)
    : MachineActionCommand(environment, "rebuild", "Make a machine anew from the image; its name and MAC stay, its disk is lost.")
{
    protected override Task<Outcome<MachineView>> ActAsync(
        MayflyClient client, string machine, ParseResult parsed, CancellationToken cancellationToken) =>
        client.RebuildMachineAsync(machine, cancellationToken);
}
