using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>machine restart</c>.</summary>
internal sealed class MachineRestartCommand(CliEnvironment environment)
    : MachineActionCommand(environment, "restart", "Restart a machine's guest in order; its disk is kept.")
{
    protected override Task<Outcome<MachineView>> ActAsync(
        MayflyClient client, string machine, ParseResult parsed, CancellationToken cancellationToken) =>
        client.RestartMachineAsync(machine, cancellationToken);
}
