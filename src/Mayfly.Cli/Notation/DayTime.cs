using System.Globalization;

namespace Mayfly.Cli.Notation;

/// <summary>A day, meaning its beginning, or a point in time.</summary>
internal readonly record struct DayTime(DateTimeOffset At)
{
    public const string Form = "yyyy-MM-dd|yyyy-MM-ddTHH:mm";

    /// <summary>Reads it, local where it names no zone; null when the text is neither.</summary>
    public static DayTime? Read(string text) =>
        text.Contains('-', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var at)
            ? new(at)
            : null;
}
