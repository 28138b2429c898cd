using System.Globalization;

namespace Mayfly.Cli.Output;

/// <summary>Sizes, times and lengths as people write them.</summary>
internal static class Words
{
    private const double Step = 1024;

    public static string Bytes(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        var value = (double)bytes;
        var unit = 0;
        for (; value >= Step && unit < units.Length - 1; unit++)
            value /= Step;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {units[unit]}");
    }

    public static string Seconds(double seconds) => seconds < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60} min {(int)seconds % 60} s");

    public static string Milliseconds(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.#} ms");

    public static string Microseconds(long microseconds) => string.Create(CultureInfo.InvariantCulture, $"{microseconds} µs");

    public static string When(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string? When(DateTimeOffset? time) => time is { } known ? When(known) : null;

    /// <summary>Text as others wrote it, without what would steer the terminal.</summary>
    public static string Printable(string text) => string.Concat(text.Select(letter => char.IsControl(letter) && letter is not '\n' ? ' ' : letter));

    /// <summary>The name of an enum's value as options and tables have it: "OnDemand" is "on-demand".</summary>
    public static string Kebab<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((letter, index) => char.IsUpper(letter) && index > 0 ? $"-{letter}" : $"{letter}")).ToLowerInvariant();

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
