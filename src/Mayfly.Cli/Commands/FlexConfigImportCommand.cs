using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>flex-config import</c>.</summary>
internal sealed class FlexConfigImportCommand(CliEnvironment environment)
    : FileImportCommand<FlexConfigView>(environment, "Make a Flex config of a file, or change one; one that comes with Mayfly too.", "flex-config", "Flex config")
{
    protected override Task<Outcome<FlexConfigView>> SendAsync(CliSession cli, string name, string text, CancellationToken cancellationToken) =>
        cli.Client.SetFlexConfigAsync(name, new SetFlexConfigRequest(text), cancellationToken);

    protected override int Show(CliSession cli, Outcome<FlexConfigView> outcome) => cli.Report.Show(outcome, config => PersonaTable.Of([config]));
}
