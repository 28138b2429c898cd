using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>flex-config show</c>.</summary>
internal sealed class FlexConfigShowCommand(CliEnvironment environment) : ListedViewCommand<FlexConfigView>(environment, "Show the file of a Flex config, to change and import it.", "flex-config", "Flex config")
{
    protected override Task<Outcome<List<FlexConfigView>>> ListAsync(MayflyClient client, CancellationToken cancellationToken) => client.FlexConfigsAsync(cancellationToken);

    protected override string NameOf(FlexConfigView view) => view.Name;

    protected override IRenderable Render(FlexConfigView view) => new Text(view.Yaml.TrimEnd());
}
