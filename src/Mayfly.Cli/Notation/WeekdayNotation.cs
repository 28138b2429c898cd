namespace Mayfly.Cli.Notation;

/// <summary>Weekdays as people write them: "daily", "mon-fri", "sat,sun". A week begins on Monday.</summary>
internal static class WeekdayNotation
{
    private const string EveryDay = "daily";

    private static readonly string[] Names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>Reads days and ranges of days, or returns null when one of them is no day.</summary>
    public static IReadOnlyList<DayOfWeek>? Read(string text)
    {
        if (text.Equals(EveryDay, StringComparison.OrdinalIgnoreCase))
            return [.. Enumerable.Range(0, Names.Length).Select(Day)];
        var days = new List<int>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-').Select(Index).ToList();
            if (ends.Count > 2 || ends.Contains(-1))
                return null;
            // A range may go past the end of the week: "fri-mon".
            for (var day = ends[0]; ; day = (day + 1) % Names.Length)
            {
                days.Add(day);
                if (day == ends[^1])
                    break;
            }
        }

        return [.. days.Distinct().Order().Select(Day)];
    }

    /// <summary>Writes days so that <see cref="Read"/> reads them again; three and more in a row become a range.</summary>
    public static string Write(IEnumerable<DayOfWeek> days)
    {
        var indexes = days.Select(day => ((int)day + 6) % Names.Length).Distinct().Order().ToList();
        if (indexes.Count == Names.Length)
            return EveryDay;
        var parts = new List<string>();
        for (var first = 0; first < indexes.Count;)
        {
            var last = first;
            while (last + 1 < indexes.Count && indexes[last + 1] == indexes[last] + 1)
                last++;
            var isRange = last - first >= 2;
            if (!isRange)
                last = first;
            parts.Add(isRange ? $"{Names[indexes[first]]}-{Names[indexes[last]]}" : Names[indexes[first]]);
            first = last + 1;
        }

        return string.Join(',', parts);
    }

    private static int Index(string name) => Array.FindIndex(Names, known => known.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));

    private static DayOfWeek Day(int index) => (DayOfWeek)((index + 1) % Names.Length);
}
