using System.CommandLine;
using Mayfly.Cli.Notation;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>app stage</c>.</summary>
internal sealed class AppStageCommand : VerbCommand
{
    private readonly Argument<string> _app = new("app") { Description = "Application name" };
    private readonly Argument<string> _version = new("version") { Description = "Version of the package" };
    private readonly Argument<PackageStage?> _stage = ReadOption.ChoiceArgument<PackageStage>("stage", "How far it is now");

    public AppStageCommand(CliEnvironment environment)
        : base(environment, "stage", "Move a package through its life; retired ones are attached to nobody new.")
    {
        foreach (var argument in (Argument[])[_app, _version, _stage])
            Arguments.Add(argument);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = new SetStageRequest(parsed.GetValue(_stage) ?? default);
        return cli.Report.Show(await cli.Client.SetStageAsync(parsed.GetRequiredValue(_app), parsed.GetRequiredValue(_version), request, cancellationToken), AppTable.Facts);
    }
}
