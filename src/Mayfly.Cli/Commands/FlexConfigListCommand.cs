using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>flex-config list</c>.</summary>
internal sealed class FlexConfigListCommand(CliEnvironment environment) : ViewCommand<List<FlexConfigView>>(environment, "list", "List Flex configs: what belongs to which application.")
{
    protected override Task<Outcome<List<FlexConfigView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) => cli.Client.FlexConfigsAsync(cancellationToken);

    protected override IRenderable Render(List<FlexConfigView> configs) => PersonaTable.Of(configs);
}
