using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>machine maintenance off</c>.</summary>
internal sealed class MaintenanceOffCommand(CliEnvironment environment)
    : MachineActionCommand(environment, "off", "Lend a machine again.")
{
    protected override Task<Outcome<MachineView>> ActAsync(
        MayflyClient client, string machine, ParseResult parsed, CancellationToken cancellationToken) =>
        client.EndMaintenanceAsync(machine, cancellationToken);
}
