using Mayfly.Cli.Output;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary>Shows a capture while it goes on.</summary>
internal static class CaptureProgress
{
    /// <summary>Follows a capture until it has ended, or waits for somebody to install by hand.</summary>
    public static Task<Outcome<CaptureView>> FollowAsync(CliSession cli, CaptureView capture, CancellationToken cancellationToken) =>
        cli.Report.Progress().RunAsync($"capture {capture.App} {capture.Version}", line => FollowAsync(cli, capture, line, cancellationToken));

    private static async Task<Outcome<CaptureView>> FollowAsync(CliSession cli, CaptureView capture, IProgressLine line, CancellationToken cancellationToken)
    {
        var last = capture;
        await foreach (var view in cli.Client.FollowAsync(capture, cancellationToken))
        {
            last = view;
            line.Doing(view.Step ?? Words.Kebab(view.State), Percent(view.State));
            if (view.State is CaptureState.Open)
                break;
        }

        return last.Fault is { } fault ? fault : last;
    }

    // Nothing is known of how long the parts take: each state is one of its steps.
    private static double Percent(CaptureState state) => state switch
    {
        CaptureState.Starting => 10,
        CaptureState.Open => 30,
        CaptureState.Installing => 40,
        CaptureState.Packing => 80,
        _ => 100,
    };
}
