using System.Text;

namespace Mayfly.Engine.Packages;

/// <summary>
/// The files by which systemd takes a package for an extension of /usr and /opt (sysext) and of /etc (confext), named like the package.
/// They say what system it is for.
/// </summary>
internal static class ExtensionRelease
{
    public const int MostBytes = 64 * 1024;

    private const string Any = "_any";
    private static readonly string[] s_folders = ["usr/lib/extension-release.d/", "etc/extension-release.d/"];

    /// <summary>True for a file of this kind, whatever package it is of.</summary>
    public static bool Has(string name) => s_folders.Any(folder => name.StartsWith(folder + "extension-release.", StringComparison.Ordinal));

    /// <summary>The files of a package.</summary>
    /// <param name="packageId">Id of the package.</param>
    /// <param name="os">Such as "debian-13", or null when it fits everything.</param>
    /// <param name="settings">True when it has something below /etc.</param>
    public static IEnumerable<(string Name, byte[] Content)> Files(string packageId, string? os, bool settings)
    {
        var content = Encoding.UTF8.GetBytes(Text(os));
        return s_folders.Take(settings ? 2 : 1).Select(folder => ($"{folder}extension-release.{packageId}", content));
    }

    /// <summary>What system such a file names, such as "debian-13"; null for any.</summary>
    public static string? Os(ReadOnlySpan<byte> content)
    {
        var values = Encoding.UTF8.GetString(content).Split('\n')
            .Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0].Trim(), pair => pair[1].Trim().Trim('"', '\''));
        return (values["ID"].FirstOrDefault(), values["VERSION_ID"].FirstOrDefault()) switch
        {
            (null or "" or Any, _) => null,
            ({ } id, { Length: > 0 } version) when IsPlain(id) && IsPlain(version) => $"{id}-{version}",
            _ => null,
        };
    }

    private static string Text(string? os) =>
        os?.LastIndexOf('-') is { } dash and > 0 ? $"ID={os[..dash]}\nVERSION_ID={os[(dash + 1)..]}\n" : $"ID={Any}\n";

    private static bool IsPlain(string text) => text.Length <= 32 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_');
}
