using System.Globalization;

namespace Mayfly.Cli.Notation;

/// <summary>When something shall begin: a point in time, or a time of day, whose next coming is meant.</summary>
/// <param name="At">The point in time, or null for a time of day.</param>
/// <param name="TimeOfDay">Local time of day.</param>
internal readonly record struct StartTime(DateTimeOffset? At, TimeOnly TimeOfDay)
{
    public const string Form = "HH:mm|yyyy-MM-ddTHH:mm";

    /// <summary>Reads "22:00", or a date and time, local where it names no zone; null when the text is neither.</summary>
    public static StartTime? Read(string text)
    {
        if (TimeNotation.Read(text) is { } time)
            return new(null, time);
        // A bare date would begin at midnight, which nobody may have meant.
        return text.Contains(':', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var at)
                ? new(at, default)
                : null;
    }

    /// <summary>The point in time that is meant, seen from now.</summary>
    public DateTimeOffset From(TimeProvider clock)
    {
        if (At is { } at)
            return at;
        var now = clock.GetLocalNow();
        var local = now.Date + TimeOfDay.ToTimeSpan();
        if (local <= now.DateTime)
            local = local.AddDays(1);
        return new DateTimeOffset(local, clock.LocalTimeZone.GetUtcOffset(local));
    }
}
