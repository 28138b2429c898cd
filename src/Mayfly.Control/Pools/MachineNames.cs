using System.Globalization;
using System.Text.RegularExpressions;
using Mayfly.Control.Machines;

namespace Mayfly.Control.Pools;

/// <summary>Machine names from a pattern: <c>{n}</c> is a number, <c>{n:fixed=3}</c> pads it with zeros to three digits.</summary>
internal static partial class MachineNames
{
    private const int LongestLabel = 63;

    // Comes after each character that a name can have.
    private const char AfterAllNames = '{';

    /// <summary>Free names of a pattern, lowest number first, without end.</summary>
    public static IEnumerable<string> Free(string pattern, IReadOnlySet<string> taken)
    {
        var (before, digits, after) = Split(pattern);
        for (var number = 1; ; number++)
        {
            var name = Render(before, digits, after, number);
            if (!taken.Contains(name)) yield return name;
        }
    }

    /// <summary>The name of one number.</summary>
    public static string Render(string pattern, int number)
    {
        var (before, digits, after) = Split(pattern);
        return Render(before, digits, after, number);
    }

    /// <summary>Machines whose names may be of a pattern: those in a range that an index of names finds, unlike a beginning.</summary>
    public static IQueryable<MachineRow> Of(string pattern, IQueryable<MachineRow> machines)
    {
        var first = Split(pattern).Before;
        var end = first + AfterAllNames;
        return machines.Where(m => string.Compare(m.Name, first) >= 0 && string.Compare(m.Name, end) < 0);
    }

    /// <summary>What is wrong with a pattern, or null.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="highest">The highest number it must serve.</param>
    public static string? Complaint(string pattern, int highest)
    {
        if (Placeholder().Count(pattern) != 1) return "A name pattern has exactly one {n} or {n:fixed=DIGITS}.";
        return IsDnsLabel(Render(pattern, highest)) && IsDnsLabel(Render(pattern, 1))
            ? null
            : $"The name pattern '{pattern}' does not make DNS labels: 1 to {LongestLabel} of a-z, 0-9 and '-', neither first nor last a '-'.";
    }

    /// <summary>True for 1 to 63 of a-z, 0-9 and '-', neither first nor last a '-'.</summary>
    public static bool IsDnsLabel(string? text) => text is not null && Label().IsMatch(text);

    private static string Render(string before, string digits, string after, int number) =>
        string.Concat(before, number.ToString(digits, CultureInfo.InvariantCulture), after);

    private static (string Before, string Digits, string After) Split(string pattern)
    {
        var place = Placeholder().Match(pattern);
        var digits = place.Groups["digits"];
        return (pattern[..place.Index], "D" + (digits.Success ? digits.Value : "1"), pattern[(place.Index + place.Length)..]);
    }

    [GeneratedRegex(@"\{n(:fixed=(?<digits>[1-9]))?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex Label();
}
