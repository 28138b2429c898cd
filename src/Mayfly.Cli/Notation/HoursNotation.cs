using System.Diagnostics.CodeAnalysis;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Notation;

/// <summary>Hours as people write them: "mon-fri 07:00-19:00; sat 22:00-06:00". One that ends before it begins ends on the next day.</summary>
internal static class HoursNotation
{
    private const string Example = "\"mon-fri 07:00-19:00\"";

    /// <summary>Reads periods in the order they are written.</summary>
    /// <returns>False, and a sentence on what is wrong.</returns>
    public static bool TryRead(string text, [NotNullWhen(true)] out IReadOnlyList<OpenPeriod>? periods, [NotNullWhen(false)] out string? error)
    {
        periods = PartsNotation.Read(text, ReadPeriod, out var wrong);
        error = periods switch
        {
            null => $"\"{wrong}\" is no part of the week. Write it as DAYS FROM-UNTIL, such as {Example}.",
            [] => $"Hours have at least one part, such as {Example}.",
            _ => null,
        };
        return error is null;
    }

    /// <summary>Writes periods so that <see cref="TryRead"/> reads them again.</summary>
    public static string Write(IEnumerable<OpenPeriod> periods) => string.Join("; ", periods.Select(period =>
        $"{WeekdayNotation.Write(period.Days)} {TimeNotation.Write(period.From)}-{TimeNotation.Write(period.Until)}"));

    private static OpenPeriod? ReadPeriod(string text) =>
        text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [var days, .. var rest]
            && string.Concat(rest).Split('-') is [var from, var until]
            && WeekdayNotation.Read(days) is { } weekdays
            && TimeNotation.Read(from) is { } begin
            && TimeNotation.Read(until) is { } end
                ? new OpenPeriod(weekdays, begin, end)
                : null;
}
