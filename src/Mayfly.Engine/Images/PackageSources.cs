using Mayfly.Contracts;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Images;

/// <summary>
/// Where the guest's packages come from: the Debian sites this host's own apt uses, with the guest's release in place of the host's.
/// A mirror near the host, a proxy or an inner copy is thereby used without being told twice.
/// </summary>
internal sealed class PackageSources(ToolRunner tools)
{
    // What apt knows without having fetched any list: minimal systems ship none.
    private const string Format = "$(CREATED_BY)|$(REPO_URI)|$(RELEASE)|$(COMPONENT)";

    /// <summary>Lines of a sources.list for a suite. Faults: ToolMissing, ImageBuildFailed when this host knows no Debian mirror.</summary>
    public async Task<Outcome<PackageSourceList>> FindAsync(string suite, CancellationToken cancellationToken)
    {
        var start = new ToolStart("apt-get", "apt", ["indextargets", "--no-release-info", "--format", Format]);
        var targets = await tools.RunAsync(start, cancellationToken);
        if (!targets.TryGet(out var result, out var fault))
            return fault;
        var lines = Translate(result.Output.Split('\n'), suite);
        return lines.Count > 0 ? new PackageSourceList(lines) : new Fault(
            ErrorCode.ImageBuildFailed,
            "This host's package manager knows no Debian mirror.",
            "Golden images are built from the mirror apt uses, and `apt-get indextargets` names no Debian archive.",
            "Add a Debian source below /etc/apt/sources.list.d.");
    }

    /// <summary>Turns apt's targets into lines of the same sites for another suite.</summary>
    public static IReadOnlyList<string> Translate(IEnumerable<string> targets, string suite) =>
    [
        .. targets
            .Select(target => target.Split('|'))
            .Where(field => field is ["Packages", _, _, "main"])
            .Select(field => (Site: field[1], Release: Debian(field[1], field[2])))
            .Where(source => source.Release is not null)
            .Select(source => $"deb {source.Site} {suite}{source.Release} main")
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The pocket ("", "-updates" or "-security") when a source is the Debian archive, else null.</summary>
    private static string? Debian(string site, string release)
    {
        // Mirrors keep the archive's own folder names; other vendors' repositories have releases of one pocket below names of their own.
        var archive = site.TrimEnd('/').Split('/')[^1];
        var pocket = release.IndexOf('-') is var dash and >= 0 ? release[dash..] : "";
        return (archive, pocket) switch
        {
            ("debian", "" or "-updates") => pocket,
            ("debian-security", "-security") => pocket,
            _ => null,
        };
    }
}

/// <summary>Lines of a sources.list.</summary>
internal sealed record PackageSourceList(IReadOnlyList<string> Lines);
