using System.Globalization;
using System.Net;

namespace Mayfly.Control.Environments;

/// <summary>What is wrong with a condition.</summary>
internal static class ConditionRules
{
    private const int MostParts = 100;
    private const int LongestText = 1024;

    /// <summary>Each mistake in words.</summary>
    public static IEnumerable<string> Complaints(Condition? condition)
    {
        if (condition is null) return [];
        if (HasHole(condition)) return ["A list in 'when' has an entry of nothing."];
        var parts = condition.Everything().Take(MostParts + 1).ToList();
        return parts.Count > MostParts ? [$"'when' has at most {MostParts} parts."] : parts.SelectMany(OfOne);
    }

    /// <summary>Reads hours; null when they are none.</summary>
    public static (TimeOnly From, TimeOnly Until)? Hours(string text) =>
        text.Split('-') is [var from, var until] && Time(from) is { } start && Time(until) is { } end ? (start, end) : null;

    /// <summary>Reads an address or a network; null when it is neither.</summary>
    public static IPNetwork? Network(string text)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;
        return IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }

    private static IEnumerable<string> OfOne(Condition condition)
    {
        if (condition == new Condition()) yield return "A part of 'when' says nothing.";
        if (condition.Client is { } client && Network(client) is null) yield return $"'{client}' is neither an address nor a network, such as \"10.1.0.0/16\".";
        if (condition.Hours is { } hours && Hours(hours) is null) yield return $"'{hours}' are no hours, such as \"08:00-18:00\".";
        foreach (var day in (condition.Days ?? []).Where(day => !Enum.GetNames<DayOfWeek>().Contains(day))) yield return $"'{day}' is no day, such as \"Monday\".";
        if (condition.Variable is { } variable && variable.IndexOf('=', StringComparison.Ordinal) < 1) yield return $"'{variable}' is no variable, such as \"LANG=C\".";
        foreach (var text in new[] { condition.Group, condition.Pool, condition.Image, condition.Environment, condition.File, condition.Variable }.OfType<string>())
            if (text.Length is 0 or > LongestText || text.Any(char.IsControl)) yield return $"A text in 'when' has 1 to {LongestText} letters, in one line.";
    }

    private static bool HasHole(Condition? condition) =>
        condition is null || (condition.All ?? []).Concat(condition.Any ?? []).Any(HasHole) || (condition.Not is { } not && HasHole(not)) || (condition.Days ?? []).Any(day => day is null);

    private static TimeOnly? Time(string text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
