using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>environment show</c>.</summary>
internal sealed class EnvironmentShowCommand(CliEnvironment environment) : ListedViewCommand<EnvironmentView>(environment, "Show the file of an environment, to change and import it.", "environment", "environment")
{
    protected override Task<Outcome<List<EnvironmentView>>> ListAsync(MayflyClient client, CancellationToken cancellationToken) => client.EnvironmentsAsync(cancellationToken);

    protected override string NameOf(EnvironmentView view) => view.Name;

    protected override IRenderable Render(EnvironmentView view) => new Text(view.Yaml.TrimEnd());
}
