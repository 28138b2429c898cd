using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>environment list</c>.</summary>
internal sealed class EnvironmentListCommand(CliEnvironment environment) : ViewCommand<List<EnvironmentView>>(environment, "list", "List environments.")
{
    protected override Task<Outcome<List<EnvironmentView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) => cli.Client.EnvironmentsAsync(cancellationToken);

    protected override IRenderable Render(List<EnvironmentView> environments) => PersonaTable.Of(environments);
}
