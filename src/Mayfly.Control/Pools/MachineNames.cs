using System.Globalization;
using System.Text.RegularExpressions;

namespace Mayfly.Control.Pools;

/// <summary>Machine names from a pattern: <c>{n}</c> is a number, <c>{n:fixed=3}</c> pads it with zeros to three digits.</summary>
internal static partial class MachineNames
{
    private const int LongestLabel = 63;

    /// <summary>Free names of a pattern, lowest number first, without end.</summary>
    public static IEnumerable<string> Free(string pattern, IReadOnlySet<string> taken)
    {
        for (var number = 1; ; number++)
        {
            var name = Render(pattern, number);
            if (!taken.Contains(name)) yield return name;
        }
    }

    /// <summary>The name of one number.</summary>
    public static string Render(string pattern, int number) => Placeholder().Replace(
        pattern, match => number.ToString("D" + (match.Groups["digits"].Success ? match.Groups["digits"].Value : "1"), CultureInfo.InvariantCulture), 1);

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

    [GeneratedRegex(@"\{n(:fixed=(?<digits>[1-9]))?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex Label();
}
