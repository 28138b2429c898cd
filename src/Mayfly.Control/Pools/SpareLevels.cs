using Mayfly.Contracts.Api;

namespace Mayfly.Control.Pools;

/// <summary>Reads a <see cref="SpareSchedule"/>: each level holds from its last beginning until another one begins.</summary>
internal static class SpareLevels
{
    private const int DaysOfWeek = 7;

    /// <summary>The spare level at a moment, and when another one begins; without a schedule, the plain level and never.</summary>
    public static (int Spare, DateTimeOffset? Until) At(PoolSettings settings, DateTimeOffset now)
    {
        if (settings.Schedule is not { Levels.Count: > 0 } schedule) return (settings.Spare, null);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone);
        // A week back and a week ahead have every beginning in them, whatever day it is.
        var begins = BeginningsAround(schedule, zone, now);
        var current = begins.Last(begin => begin.At <= now);
        return (current.Spare, begins.First(begin => begin.At > now).At);
    }

    private static List<(DateTimeOffset At, int Spare)> BeginningsAround(SpareSchedule schedule, TimeZoneInfo zone, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var begins = new List<(DateTimeOffset At, int Spare)>();
        for (var offset = -DaysOfWeek - 1; offset <= DaysOfWeek + 1; offset++)
        {
            var day = today.AddDays(offset);
            foreach (var level in schedule.Levels.Where(level => level.Days.Contains(day.DayOfWeek))) begins.Add((Instant(day.ToDateTime(level.From), zone), level.Spare));
        }

        begins.Sort((one, other) => one.At.CompareTo(other.At));
        return begins;
    }

    /// <summary>A local time as an instant. One that a clock change leaves out is taken as if the clock had not been changed yet.</summary>
    internal static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone) => new(local, zone.GetUtcOffset(local));
}
