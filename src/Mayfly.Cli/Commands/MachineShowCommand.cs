using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>machine show</c>.</summary>
internal sealed class MachineShowCommand(CliEnvironment environment)
    : NamedViewCommand<MachineView>(environment, "show", "Show one machine and how long its making took.", "machine", "Machine name")
{
    protected override Task<Outcome<MachineView>> ReadAsync(MayflyClient client, string machine, CancellationToken cancellationToken) =>
        client.MachineAsync(machine, cancellationToken);

    protected override IRenderable Render(MachineView machine) => MachineTable.Facts(machine);
}
