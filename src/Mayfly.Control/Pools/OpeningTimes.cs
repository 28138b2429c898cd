using Mayfly.Contracts.Api;

namespace Mayfly.Control.Pools;

/// <summary>Reads <see cref="OpeningHours"/>: desktops can be opened while any of the periods lasts.</summary>
internal static class OpeningTimes
{
    // A week back and a week ahead have every period in them that matters, whatever day it is.
    private const int Days = 8;

    /// <summary>Whether desktops can be opened at a moment, and when that changes next; without hours, always.</summary>
    public static (bool Open, DateTimeOffset? Until) At(OpeningHours? hours, DateTimeOffset now)
    {
        if (hours is not { Periods.Count: > 0 }) return (true, null);
        var periods = PeriodsAround(hours, TimeZoneInfo.FindSystemTimeZoneById(hours.TimeZone), now);
        var end = now;
        // Periods that overlap or adjoin are one.
        foreach (var (from, until) in periods)
        {
            if (from <= end && until > end) end = until;
        }

        if (end > now) return (true, end);
        // One that a clock change leaves nothing of begins never.
        var next = periods.Where(period => period.From > now && period.Until > period.From).Select(period => (DateTimeOffset?)period.From).FirstOrDefault();
        return (false, next);
    }

    private static List<(DateTimeOffset From, DateTimeOffset Until)> PeriodsAround(OpeningHours hours, TimeZoneInfo zone, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var periods = new List<(DateTimeOffset From, DateTimeOffset Until)>();
        for (var offset = -Days; offset <= Days; offset++)
        {
            var day = today.AddDays(offset);
            foreach (var period in hours.Periods.Where(period => period.Days.Contains(day.DayOfWeek)))
            {
                var last = period.Until <= period.From ? day.AddDays(1) : day;
                periods.Add((SpareLevels.Instant(day.ToDateTime(period.From), zone), SpareLevels.Instant(last.ToDateTime(period.Until), zone)));
            }
        }

        periods.Sort((one, other) => one.From.CompareTo(other.From));
        return periods;
    }
}
