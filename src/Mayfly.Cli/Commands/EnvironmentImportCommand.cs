using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>environment import</c>.</summary>
internal sealed class EnvironmentImportCommand(CliEnvironment environment)
    : FileImportCommand<EnvironmentView>(environment, "Make an environment of a file, or change one.", "environment", "environment")
{
    protected override Task<Outcome<EnvironmentView>> SendAsync(CliSession cli, string name, string text, CancellationToken cancellationToken) =>
        cli.Client.SetEnvironmentAsync(name, new SetEnvironmentRequest(text), cancellationToken);

    protected override int Show(CliSession cli, Outcome<EnvironmentView> outcome) => cli.Report.Show(outcome, view => PersonaTable.Of([view]));
}
