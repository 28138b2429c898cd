namespace Mayfly.Cli.Commands;

/// <summary>An image as people name it: "xfce", or one version of it, "xfce@1a2b3c4d".</summary>
internal readonly record struct ImageReference(string Name, string? Version)
{
    public static ImageReference Parse(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? new(text, null) : new(text[..at], text[(at + 1)..]);
    }
}
