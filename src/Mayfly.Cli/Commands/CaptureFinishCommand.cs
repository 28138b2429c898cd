using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>capture finish</c>.</summary>
internal sealed class CaptureFinishCommand : VerbCommand
{
    private readonly Argument<string> _capture = new("capture") { Description = "Capture id" };
    private readonly Option<bool> _watch = new("--watch", "-w") { Description = "Show how it goes until it has ended" };

    public CaptureFinishCommand(CliEnvironment environment)
        : base(environment, "finish", "Make the package of what was installed by hand.")
    {
        Arguments.Add(_capture);
        Options.Add(_watch);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var finishing = await cli.Client.FinishCaptureAsync(parsed.GetRequiredValue(_capture), cancellationToken);
        if (finishing.Fault is null && parsed.GetValue(_watch))
            finishing = await CaptureProgress.FollowAsync(cli, finishing.Value, cancellationToken);
        return cli.Report.Show(finishing, AppTable.Facts);
    }
}
