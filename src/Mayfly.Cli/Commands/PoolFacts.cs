using Mayfly.Cli.Notation;
using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>How one pool is shown: what it is, what it shall be, and what goes on in it.</summary>
internal static class PoolFacts
{
    public static Grid Of(PoolView pool) => TextTable.Facts([.. Identity(pool), .. Size(pool), .. Making(pool), .. Use(pool), .. Now(pool)]);

    private static IEnumerable<(string Name, string? Value)> Identity(PoolView pool) =>
    [
        ("Pool", pool.Name),
        ("Shown as", pool.DisplayName),
        ("Image", $"{pool.Image}@{pool.Version}"),
        ("Kind", PoolTable.Kind(pool)),
        ("Names", pool.NamePattern),
    ];

    private static IEnumerable<(string Name, string? Value)> Size(PoolView pool) =>
    [
        ("Sizing", Words.Kebab(pool.Sizing)),
        ("Minimum", Words.Number(pool.Minimum)),
        ("Spare", pool.Schedule is null ? Words.Number(pool.Spare) : $"{pool.SpareNow} now, by schedule"),
        ("Schedule", pool.Schedule is { } schedule ? $"{ScheduleNotation.Write(schedule.Levels)} ({schedule.TimeZone})" : null),
        ("Maximum", Words.Number(pool.Maximum)),
    ];

    private static IEnumerable<(string Name, string? Value)> Making(PoolView pool) =>
    [
        ("Refresh", RefreshNotation.Describe(pool)),
        ("Post-sync", Program(pool.PostSync, pool.PostSyncTimeoutSeconds)),
        ("Power-off", Program(pool.PowerOff, pool.PowerOffTimeoutSeconds)),
        ("Provisioning", pool.ProvisioningEnabled ? "enabled" : "disabled"),
        ("On errors", $"{pool.Attempts} attempts a machine; stops "
            + (pool.StopOnError ? "at the first that fails for good" : $"at {pool.ErrorThresholdPercent} % failed")),
        ("Keeps", $"{pool.KeepVersions} earlier versions" + (pool.KeptVersions.Count == 0 ? "" : $": {string.Join(", ", pool.KeptVersions)}")),
    ];

    private static IEnumerable<(string Name, string? Value)> Use(PoolView pool) =>
    [
        ("Open", pool.Hours is { } hours ? $"{HoursNotation.Write(hours.Periods)} ({hours.TimeZone})" : "always"),
        ("Machines that are off", pool.StartOnConnect ? "started when their owners open them" : "started at once"),
        ("Idle displays", $"closed {MinutesNotation.Describe(pool.DisconnectIdleMinutes)}"),
        ("Disconnected sessions", $"logged off {MinutesNotation.Describe(pool.LogOffDisconnectedMinutes)}"),
        ("Users may reset", pool.UsersMayReset ? "yes" : "no"),
        ("Clipboard", Words.Kebab(pool.Clipboard)),
        ("Volume", pool.Volume is { } kind ? $"{Words.Kebab(kind)}, {pool.VolumeMib} MiB, {pool.VolumeSnapshots} snapshots" : "none"),
        ("Settings of users", pool.Persona ? "follow them" : "go with the desktop"),
        ("What can not be attached", pool.OnAttachFailure == AttachFailureRule.Refuse ? "refuses the logon" : "is left out"),
    ];

    private static IEnumerable<(string Name, string? Value)> Now(PoolView pool) =>
    [
        ("Machines", $"{pool.Total}: {pool.Available} available, {pool.InUse} in use" + (pool.Deleting ? "; the pool is being deleted" : "")),
        ("Push", pool.Push is { } push ? $"{push.FromVersion} to {push.ToVersion}: {PushWords.Progress(push)}" : null),
        ("Canary", pool.Canary is { } canary
            ? $"{canary.Version} on {canary.Replaced} of {canary.Machines.Count}: {string.Join(", ", canary.Machines)}"
            : null),
        ("Problem", pool.Problem?.ToString()),
    ];

    private static string? Program(IReadOnlyList<string> command, int seconds) =>
        command.Count == 0 ? null : $"{string.Join(' ', command)} (at most {seconds} s)";
}
