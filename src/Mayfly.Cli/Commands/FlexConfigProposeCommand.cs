using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>flex-config propose</c>.</summary>
internal sealed class FlexConfigProposeCommand(CliEnvironment environment)
    : NamedViewCommand<FlexConfigProposal>(environment, "propose", "Make a Flex config of what was recorded on a machine, to read and import.", "machine", "Name of the machine")
{
    protected override Task<Outcome<FlexConfigProposal>> ReadAsync(MayflyClient client, string machine, CancellationToken cancellationToken) => client.RecordingAsync(machine, cancellationToken);

    protected override IRenderable Render(FlexConfigProposal proposal) => new Text(proposal.Yaml.TrimEnd());
}
