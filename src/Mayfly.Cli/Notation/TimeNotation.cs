using System.Globalization;

namespace Mayfly.Cli.Notation;

/// <summary>A time of day: "07:00".</summary>
internal static class TimeNotation
{
    /// <summary>Reads it, or returns null when the text is none.</summary>
    public static TimeOnly? Read(string text) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>Writes it so that <see cref="Read"/> reads it again.</summary>
    public static string Write(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
