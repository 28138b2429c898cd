namespace Mayfly.Control.Storage;

/// <summary>Patterns of SQL's LIKE in which what was searched for means itself.</summary>
internal static class LikePattern
{
    /// <summary>The character before one that means itself.</summary>
    public const string Escape = "\\";

    /// <summary>Whatever contains the text.</summary>
    public static string Containing(string text) =>
        $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
