using System.Globalization;

namespace Mayfly.Cli.Notation;

/// <summary>A number of minutes, or never.</summary>
/// <param name="Minutes">Null for never.</param>
internal readonly record struct MinutesNotation(int? Minutes)
{
    public const string Form = "MINUTES|never";

    /// <summary>Reads it, or returns null when the text is neither.</summary>
    public static MinutesNotation? Read(string text) => text.Equals("never", StringComparison.OrdinalIgnoreCase)
        ? new(null)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? new(minutes) : null;

    /// <summary>Writes minutes for people.</summary>
    public static string Describe(int? minutes) => minutes is { } known ? $"after {known} minutes" : "never";
}
