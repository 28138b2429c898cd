using System.Globalization;

namespace Mayfly.Engine.Packages.Programs;

/// <summary>Where the icon of a program can lie in a package.</summary>
internal static class IconNames
{
    private const int Wanted = 48;
    private const string Theme = "usr/share/icons/hicolor/";
    private const string Pictures = "usr/share/pixmaps/";

    // Larger pictures are scaled down better than smaller ones up.
    private static readonly string[] s_themed =
    [
        .. ((int[])[16, 22, 24, 32, 36, 48, 64, 72, 96, 128, 192, 256, 512])
            .OrderBy(size => size >= Wanted ? size - Wanted : 1000 + Wanted - size)
            .Select(size => string.Create(CultureInfo.InvariantCulture, $"{Theme}{size}x{size}/apps/")),
    ];

    /// <summary>Names inside a package, the best first.</summary>
    /// <param name="icon">What the desktop entry says: a name of the theme, or an absolute path.</param>
    public static IEnumerable<string> Of(string icon)
    {
        if (icon.StartsWith('/'))
            return [icon.TrimStart('/')];
        var file = icon.EndsWith(".png", StringComparison.OrdinalIgnoreCase) ? icon : icon + ".png";
        return [.. s_themed.Select(folder => folder + file), Pictures + file];
    }
}
