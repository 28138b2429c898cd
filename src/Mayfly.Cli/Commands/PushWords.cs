using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary>How far a push is, in words and numbers.</summary>
internal static class PushWords
{
    /// <summary>Every machine that has to be of the new version in the end.</summary>
    public static int Total(PushView push) => push.Replaced + push.Remaining + push.Waiting + push.Failed;

    public static double Percent(PushView push) => Total(push) is var total and > 0 ? 100.0 * push.Replaced / total : 0;

    public static string Progress(PushView push) => push.State switch
    {
        PushState.Publishing => $"publishing {push.Image}@{push.ToVersion}",
        PushState.Scheduled => $"published, begins {Words.When(push.StartAt)}",
        var state => $"{Words.Kebab(state)}, {Counts(push)}",
    };

    private static string Counts(PushView push) =>
        $"{push.Replaced} of {Total(push)} replaced"
        + (push.Waiting == 0 ? "" : push.ForceAt is { } at ? $", {push.Waiting} in use until {Words.When(at)}" : $", {push.Waiting} waiting for log-off")
        + (push.Failed == 0 ? "" : $", {push.Failed} failed");
}
