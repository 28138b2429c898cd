namespace Mayfly.Control.Directories;

/// <summary>Text from outside, made harmless to show and to log.</summary>
internal static class ShownText
{
    private const int Longest = 200;
    private const string Markup = "<>&\"'`";

    /// <summary>The text without control characters and markup, at most 200 characters, or null when nothing is left.</summary>
    public static string? From(string? text)
    {
        if (text is null) return null;
        var kept = new string([.. text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && !Markup.Contains(c, StringComparison.Ordinal)).Take(Longest)]).Trim();
        return kept.Length == 0 ? null : kept;
    }
}
