using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>flex-config show</c>.</summary>
internal sealed class FlexConfigShowCommand(CliEnvironment environment)
    : NamedViewCommand<FlexConfigView>(environment, "show", "Show the file of a Flex config, to change and import it.", "flex-config", "Name of the Flex config")
{
    protected override async Task<Outcome<FlexConfigView>> ReadAsync(MayflyClient client, string config, CancellationToken cancellationToken)
    {
        var all = await client.FlexConfigsAsync(cancellationToken);
        if (!all.TryGet(out var configs, out var fault))
            return fault;
        return configs.Find(one => one.Name == config) is { } found ? found : new Fault(ErrorCode.NotFound, $"There is no Flex config '{config}'.", null, "\"flex-config list\" tells those there are.");
    }

    protected override IRenderable Render(FlexConfigView config) => new Text(config.Yaml.TrimEnd());
}
