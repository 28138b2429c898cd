using Mayfly.Engine.Packages.Archives;

namespace Mayfly.Engine.Packages;

/// <summary>Where symbolic links of a package lead.</summary>
internal static class LinkTarget
{
    /// <summary>The name a link leads to from the root on, absolute targets included; null when it climbs above the root.</summary>
    public static string? Resolve(ArchiveEntry link)
    {
        // The guest resolves an absolute target against its own root, where the package is merged: it can not leave it, and nobody follows it on the host.
        var parts = link.LinkTarget.StartsWith('/') ? [] : new List<string>(link.Name.Split('/')[..^1]);
        foreach (var part in link.LinkTarget.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (!link.LinkTarget.StartsWith('/'))
                return null;
        }

        return string.Join('/', parts);
    }
}
