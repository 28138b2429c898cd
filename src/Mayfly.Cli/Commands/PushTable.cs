using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>How pushes are shown.</summary>
internal static class PushTable
{
    public static Table Of(IEnumerable<PushView> pushes) => TextTable.Of(
        ["push", "from", "to", "state", "replaced", "remaining", "waiting", "failed", "asked", "by", "finished", "fault"],
        pushes.Select(Row));

    public static Grid Facts(PushView push) => TextTable.Facts(
        ("Push", push.Id),
        ("Pool", push.Pool),
        ("Image", $"{push.Image}, {push.FromVersion} to {push.ToVersion}"),
        ("State", PushWords.Progress(push)),
        ("Remaining", $"{push.Remaining} free, {push.Waiting} in use"),
        ("In use", push.InUse is InUseRule.ForceLogoff ? "logged off" + (push.ForceAt is { } at ? $" {Words.When(at)}" : "") : "waits for log-off"),
        ("Begins", Words.When(push.StartAt)),
        ("Pauses at", $"{push.ErrorThresholdPercent} % failed"),
        ("Asked", $"{Words.When(push.AskedAt)} by {push.Actor}"),
        ("Finished", push.FinishedAt is { } end ? Words.When(end) : null),
        ("Fault", push.Fault?.ToString()));

    private static IReadOnlyList<string?> Row(PushView push) =>
    [
        push.Id, push.FromVersion, push.ToVersion, Words.Kebab(push.State), Words.Number(push.Replaced), Words.Number(push.Remaining),
        Words.Number(push.Waiting), Words.Number(push.Failed), Words.When(push.AskedAt), push.Actor,
        push.FinishedAt is { } end ? Words.When(end) : null, push.Fault?.ToString(),
    ];
}
