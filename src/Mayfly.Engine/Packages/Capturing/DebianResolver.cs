using Mayfly.Contracts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Packages.Capturing;

/// <summary>
/// Finds and downloads what Debian packages need, with this host's apt in a directory of its own: it knows what the guest has installed,
/// and neither reads nor changes what the host has.
/// </summary>
internal sealed class DebianResolver(PackageSources sources, ToolRunner tools)
{
    // What other programs of the host have apt do beside its work, and fetch for their own use.
    private static readonly string[] s_settings =
    [
        "#clear APT::Update::Pre-Invoke;", "#clear APT::Update::Post-Invoke;", "#clear APT::Update::Post-Invoke-Success;",
        "#clear Acquire::IndexTargets::deb::DEP-11;", "#clear Acquire::IndexTargets::deb::CNF;",
    ];

    /// <summary>Downloads packages with all they need beside what is installed. Faults: CaptureFailed, ToolMissing.</summary>
    /// <param name="work">Directory to work in.</param>
    /// <param name="guest">What the guest has.</param>
    /// <param name="wanted">Names of packages, and absolute paths of .deb files.</param>
    /// <param name="cancellationToken">Stops the download.</param>
    /// <returns>Paths of the files downloaded, below <paramref name="work"/>.</returns>
    public async Task<Outcome<IReadOnlyList<string>>> DownloadAsync(string work, GuestPackages guest, IEnumerable<string> wanted, CancellationToken cancellationToken)
    {
        var found = await sources.FindAsync(guest.Suite, cancellationToken);
        if (!found.TryGet(out var mirrors, out var fault))
            return fault with { Code = ErrorCode.CaptureFailed };
        var archives = Path.Combine(work, "cache", "archives");
        foreach (var directory in (string[])["state/lists/partial", "cache/archives/partial", "etc"])
            Directory.CreateDirectory(Path.Combine(work, directory));
        await File.WriteAllLinesAsync(Path.Combine(work, "etc", "sources.list"), mirrors.Lines, cancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(work, "etc", "apt.conf"), s_settings, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(work, "status"), guest.Status, cancellationToken);

        // Where no mirror answers, what is at hand may be enough: the installation tells.
        var update = await RunAsync(work, cancellationToken, "update");
        if (update.Fault is { } missing)
            return missing;
        var install = await RunAsync(work, cancellationToken, ["install", "--download-only", "--assume-yes", "--no-install-recommends", "--", .. wanted]);
        if (install.Fault is { } lost)
            return lost;
        if (install.Value.ExitCode != 0)
            return new Fault(
                ErrorCode.CaptureFailed, "The packages could not be resolved and downloaded.", Capture.LastWords(update.Value.Error + install.Value.Output + install.Value.Error),
                "Look for the names with apt-cache search in a desktop of that image.");
        return Directory.GetFiles(archives, "*.deb");
    }

    private Task<Outcome<ToolResult>> RunAsync(string work, CancellationToken cancellationToken, params string[] arguments) => tools.RunAsync(
        new ToolStart("apt-get", "apt",
        [
            "-c", $"{work}/etc/apt.conf", "-o", $"Dir::State={work}/state", "-o", $"Dir::State::status={work}/status", "-o", $"Dir::State::extended_states={work}/extended",
            "-o", $"Dir::Cache={work}/cache", "-o", $"Dir::Etc::sourcelist={work}/etc/sources.list", "-o", $"Dir::Etc::sourceparts={work}/none",
            "-o", $"Dir::Etc::preferences={work}/none", "-o", $"Dir::Etc::preferencesparts={work}/none", "-o", "Dir::Log=/dev/null",
            "-o", "APT::Architecture=amd64", "-o", "APT::Architectures::=amd64", "-o", "APT::Sandbox::User=root",
            "-o", "Acquire::Languages=none", "-o", "APT::Get::List-Cleanup=false", "-o", "Debug::NoLocking=true", "-o", "Acquire::Retries=2", "-q",
            .. arguments,
        ]),
        cancellationToken);
}

/// <summary>What a guest has installed.</summary>
/// <param name="Suite">Its Debian release, such as "trixie".</param>
/// <param name="Status">Its dpkg's status file, cleaned.</param>
internal sealed record GuestPackages(string Suite, string Status);
