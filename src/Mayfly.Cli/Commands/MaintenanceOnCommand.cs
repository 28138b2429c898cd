using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>machine maintenance on</c>.</summary>
internal sealed class MaintenanceOnCommand(CliEnvironment environment)
    : MachineActionCommand(environment, "on", "Hold a machine back: it is lent to nobody.")
{
    protected override Task<Outcome<MachineView>> ActAsync(
        MayflyClient client, string machine, ParseResult parsed, CancellationToken cancellationToken) =>
        client.BeginMaintenanceAsync(machine, cancellationToken);
}
