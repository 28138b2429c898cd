using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>predefined list</c>.</summary>
internal sealed class PredefinedListCommand(CliEnvironment environment) : ViewCommand<List<PredefinedView>>(environment, "list", "List predefined settings.")
{
    protected override Task<Outcome<List<PredefinedView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) => cli.Client.PredefinedAsync(cancellationToken);

    protected override IRenderable Render(List<PredefinedView> predefined) => PersonaTable.Of(predefined);
}
