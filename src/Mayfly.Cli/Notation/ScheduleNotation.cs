using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Notation;

/// <summary>
/// Spare levels as people write them: "mon-fri 07:00=20; mon-fri 19:00=2; sat,sun 08:00=3". Each level holds until the next one.
/// </summary>
internal static class ScheduleNotation
{
    /// <summary>Reads levels in the order they are written.</summary>
    /// <returns>False, and a sentence on what is wrong.</returns>
    public static bool TryRead(string text, [NotNullWhen(true)] out IReadOnlyList<SpareLevel>? levels, [NotNullWhen(false)] out string? error)
    {
        levels = PartsNotation.Read(text, ReadLevel, out var wrong);
        error = levels switch
        {
            null => $"\"{wrong}\" is no spare level. Write it as DAYS TIME=SPARE, such as \"mon-fri 07:00=20\".",
            [] => "A schedule has at least one spare level, such as \"mon-fri 07:00=20\".",
            _ => null,
        };
        return error is null;
    }

    /// <summary>Writes levels so that <see cref="TryRead"/> reads them again.</summary>
    public static string Write(IEnumerable<SpareLevel> levels) => string.Join("; ", levels.Select(Write));

    private static string Write(SpareLevel level) =>
        string.Create(CultureInfo.InvariantCulture, $"{WeekdayNotation.Write(level.Days)} {TimeNotation.Write(level.From)}={level.Spare}");

    private static SpareLevel? ReadLevel(string text)
    {
        var parts = text.Split([' ', '\t', '='], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts is [var days, var from, var spare]
            && text.Contains('=', StringComparison.Ordinal)
            && WeekdayNotation.Read(days) is { } weekdays
            && TimeNotation.Read(from) is { } time
            && int.TryParse(spare, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? new SpareLevel(weekdays, time, count)
                : null;
    }
}
