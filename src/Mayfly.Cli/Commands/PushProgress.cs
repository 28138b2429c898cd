using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary>Shows a push while it goes on.</summary>
internal static class PushProgress
{
    /// <summary>Follows a push until it has finished, or stands still because too many machines failed: that needs a person.</summary>
    public static Task<PushView> FollowAsync(CliSession cli, PushView push, CancellationToken cancellationToken) =>
        cli.Report.Progress().RunAsync($"push {push.Pool} to {push.ToVersion}", line => FollowAsync(cli, push, line, cancellationToken));

    private static async Task<PushView> FollowAsync(CliSession cli, PushView push, IProgressLine line, CancellationToken cancellationToken)
    {
        var last = push;
        await foreach (var view in cli.Client.FollowAsync(push, cancellationToken))
        {
            last = view;
            line.Doing(PushWords.Progress(view), PushWords.Percent(view));
            if (view is { State: PushState.Paused, Fault: not null })
                break;
        }

        return last;
    }
}
