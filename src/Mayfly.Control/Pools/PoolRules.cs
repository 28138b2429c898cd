using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Pools;

/// <summary>What a pool must be like. All that is wrong is told at once.</summary>
internal static class PoolRules
{
    // A week.
    private const int LongestMinutes = 10_080;

    public static Fault? Complaint(CreatePoolRequest request)
    {
        var complaints = new List<string>();
        if (!MachineNames.IsDnsLabel(request.Name)) complaints.Add("A pool's name is a DNS label: 1 to 63 of a-z, 0-9 and '-'.");
        if (string.IsNullOrEmpty(request.Image)) complaints.Add("A pool needs an image.");
        AddComplaints(request, request.Assignment, PatternOf(request), complaints);
        return FaultOf(complaints);
    }

    public static Fault? Complaint(PoolSettings settings, PoolRow pool)
    {
        var complaints = new List<string>();
        AddComplaints(settings, pool.Assignment, pool.NamePattern, complaints);
        return FaultOf(complaints);
    }

    public static string PatternOf(CreatePoolRequest request) => request.NamePattern ?? $"{request.Name}-{{n}}";

    /// <summary>The settings alone, as they are stored.</summary>
    public static PoolSettings Clean(PoolSettings settings) => settings with
    {
        DisplayName = string.IsNullOrWhiteSpace(settings.DisplayName) ? null : settings.DisplayName.Trim(),
    };

    private static void AddComplaints(PoolSettings settings, PoolAssignment assignment, string pattern, List<string> complaints)
    {
        if (assignment == PoolAssignment.Floating && settings.Refresh != RefreshRule.Never)
            complaints.Add("Only dedicated machines are refreshed: floating ones are fresh after every log-off.");
        AddSizeComplaints(settings, complaints);
        AddVolumeComplaints(settings, assignment, complaints);
        AddScriptComplaints("post-sync", settings.PostSync, settings.PostSyncTimeoutSeconds, complaints);
        AddScriptComplaints("power-off", settings.PowerOff, settings.PowerOffTimeoutSeconds, complaints);
        if (settings.Schedule is { } schedule) AddScheduleComplaints(schedule, settings.Maximum, complaints);
        AddSessionComplaints(settings, complaints);
        if (complaints.Count == 0 && MachineNames.Complaint(pattern, settings.Maximum) is { } names) complaints.Add(names);
    }

    private static void AddSizeComplaints(PoolSettings settings, List<string> complaints)
    {
        if (settings.DisplayName is { Length: > 100 }) complaints.Add("A display name has at most 100 characters.");
        if (settings.Maximum is < 1 or > 10_000) complaints.Add("The maximum is 1 to 10,000 machines.");
        if (settings.Minimum < 0 || settings.Minimum > settings.Maximum) complaints.Add("The minimum is 0 up to the maximum.");
        if (settings.Spare < 0 || settings.Spare > settings.Maximum) complaints.Add("Spare machines are 0 up to the maximum.");
        if (settings.RefreshDays is < 1 or > 365) complaints.Add("Days between refreshes are 1 to 365.");
        if (settings.RefreshDiskMib is < 16 or > 1_048_576) complaints.Add("The disk size for a refresh is 16 to 1,048,576 MiB.");
        if (settings.Attempts is < 1 or > 10) complaints.Add("A machine is tried 1 to 10 times.");
        if (settings.ErrorThresholdPercent is < 1 or > 100) complaints.Add("The error threshold is 1 to 100 percent.");
        if (settings.KeepVersions is < 0 or > 10) complaints.Add("Versions kept are 0 to 10.");
    }

    private static void AddVolumeComplaints(PoolSettings settings, PoolAssignment assignment, List<string> complaints)
    {
        if (settings.Volume is { } kind && !Enum.IsDefined(kind)) complaints.Add("A volume keeps Apps, Profile or AppsAndProfile.");
        if (settings.Volume is not null && assignment == PoolAssignment.Dedicated) complaints.Add("Only floating machines have volumes: a dedicated one keeps its own disk.");
        if (settings.VolumeMib is < 64 or > 1_048_576) complaints.Add("A volume has 64 to 1,048,576 MiB.");
        if (settings.VolumeSnapshots is < 0 or > 20) complaints.Add("Snapshots kept of a volume are 0 to 20.");
        if (settings.Persona && assignment == PoolAssignment.Dedicated) complaints.Add("Only floating machines have a persona: a dedicated one keeps its own disk.");
        if (!Enum.IsDefined(settings.OnAttachFailure)) complaints.Add("A logon at which something could not be attached goes on, Continue, or is refused, Refuse.");
    }

    private static void AddSessionComplaints(PoolSettings settings, List<string> complaints)
    {
        if (settings.DisconnectIdleMinutes is < 1 or > LongestMinutes) complaints.Add("Displays are closed after 1 to 10,080 minutes without input.");
        if (settings.LogOffDisconnectedMinutes is < 0 or > LongestMinutes) complaints.Add("A session is logged off 0 to 10,080 minutes after its last display was closed.");
        if (!Enum.IsDefined(settings.Clipboard)) complaints.Add("The clipboard goes Both ways, ToGuest, FromGuest, or is Off.");
        if (settings.Hours is { } hours) AddHoursComplaints(hours, complaints);
    }

    private static void AddHoursComplaints(OpeningHours hours, List<string> complaints)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(hours.TimeZone ?? "", out _)) complaints.Add($"'{hours.TimeZone}' is no time zone this host knows, such as \"Europe/Berlin\".");
        if (hours.Periods is not { Count: > 0 and <= 100 }) complaints.Add("Opening hours have 1 to 100 periods.");
        else if (hours.Periods.Any(period => period?.Days is not { Count: > 0 } || !period.Days.All(Enum.IsDefined))) complaints.Add("Each period of the opening hours begins on at least one weekday.");
    }

    private static void AddScriptComplaints(string name, IReadOnlyList<string>? command, int seconds, List<string> complaints)
    {
        if (seconds is < 1 or > 600) complaints.Add($"The {name} limit is 1 to 600 s.");
        if (command is null || command.Any(string.IsNullOrEmpty)) complaints.Add($"The {name} program and its arguments are not empty.");
    }

    private static void AddScheduleComplaints(SpareSchedule schedule, int maximum, List<string> complaints)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(schedule.TimeZone ?? "", out _)) complaints.Add($"'{schedule.TimeZone}' is no time zone this host knows, such as \"Europe/Berlin\".");
        if (schedule.Levels is not { Count: > 0 and <= 100 }) complaints.Add("A schedule has 1 to 100 levels.");
        else if (schedule.Levels.Any(level => level?.Days is not { Count: > 0 })) complaints.Add("Each level of a schedule begins on at least one weekday.");
        else if (schedule.Levels.Any(level => level.Spare < 0 || level.Spare > maximum)) complaints.Add("The spare machines of a schedule are 0 up to the maximum.");
    }

    private static Fault? FaultOf(List<string> complaints) => complaints.Count == 0
        ? null
        : new Fault(ErrorCode.InvalidRequest, "The pool cannot be as asked.", string.Join(' ', complaints), "Correct the request.");
}
