using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>workspace repair</c>.</summary>
internal sealed class WorkspaceRepairCommand : VerbCommand
{
    private readonly Argument<string> _name = new("workspace") { Description = "Name of the workspace" };

    public WorkspaceRepairCommand(CliEnvironment environment)
        : base(environment, "repair", "Give again what a workspace says and somebody has taken back.") => Arguments.Add(_name);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(await cli.Client.RepairWorkspaceAsync(parsed.GetRequiredValue(_name), cancellationToken), WorkspaceTable.WithDrift);
}
