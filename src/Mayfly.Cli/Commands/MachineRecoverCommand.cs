using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>machine recover</c>.</summary>
internal sealed class MachineRecoverCommand(CliEnvironment environment)
    : MachineActionCommand(environment, "recover", "Make a machine that is in an error work again.")
{
    protected override Task<Outcome<MachineView>> ActAsync(
        MayflyClient client, string machine, ParseResult parsed, CancellationToken cancellationToken) =>
        client.RecoverMachineAsync(machine, cancellationToken);
}
