using Mayfly.Contracts;
using Mayfly.Engine.Hosts;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine.Images;

/// <summary>
/// The golden images of this host on disk: <c>images/NAME/VERSION</c>. A version appears there whole, by one rename, and is never changed;
/// what is being made lies beside it in <see cref="StagedVersion"/>.
/// </summary>
/// <param name="data">The data directory.</param>
/// <param name="logger">Says which versions are damaged and which leftovers are removed.</param>
public sealed partial class ImageStore(DataDirectory data, ILogger<ImageStore> logger)
{
    /// <summary>All versions.</summary>
    public async Task<ImageCatalog> ListAsync(CancellationToken cancellationToken)
    {
        var images = new List<GoldenImage>();
        var faults = new List<Fault>();
        foreach (var name in Names())
        {
            var read = await ReadVersionsAsync(name, cancellationToken);
            images.AddRange(read.Images);
            faults.AddRange(read.Faults);
        }
        return new ImageCatalog(images, faults);
    }

    /// <summary>One version, or the newest. Faults: NotFound, ImageFormatUnsupported when it is damaged.</summary>
    public async Task<Outcome<GoldenImage>> FindAsync(string name, string? version, CancellationToken cancellationToken)
    {
        if (!ImageName.IsValid(name) || (version is not null && !ImageName.IsVersion(version)))
            return Unknown(name, version);
        if (version is not null)
            return Directory.Exists(DirectoryOf(name, version)) ? await ReadAsync(name, version, cancellationToken) : Unknown(name, version);
        var versions = await ReadVersionsAsync(name, cancellationToken);
        if (versions.Images.Count > 0)
            return versions.Images[0];
        return versions.Faults.Count > 0 ? versions.Faults[0] : Unknown(name, version);
    }

    /// <summary>Removes what interrupted builds and imports left. Call at start; what others are making now is left alone.</summary>
    /// <returns>How many leftovers were removed.</returns>
    public int RemoveLeftovers()
    {
        var removed = Names().Sum(name => StagedVersion.RemoveLeftovers(Path.Combine(data.Images, name)));
        if (removed > 0)
            LogLeftovers(removed);
        return removed;
    }

    /// <summary>Begins a version of an image.</summary>
    internal StagedVersion Stage(string name) => StagedVersion.Create(Path.Combine(data.Images, name));

    /// <summary>Puts a complete staged version in its place; the same version already there wins.</summary>
    internal async Task<Outcome<GoldenImage>> CommitAsync(
        StagedVersion staged, ImageVersion id, ImageManifest manifest, CancellationToken cancellationToken)
    {
        await ImageManifestFile.WriteAsync(staged.Directory, manifest, cancellationToken);
        staged.MoveTo(DirectoryOf(id.Name, id.Version));
        return await ReadAsync(id.Name, id.Version, cancellationToken);
    }

    private async Task<ImageCatalog> ReadVersionsAsync(string name, CancellationToken cancellationToken)
    {
        var images = new List<GoldenImage>();
        var faults = new List<Fault>();
        foreach (var version in ChildDirectories(Path.Combine(data.Images, name)).Where(ImageName.IsVersion))
        {
            var read = await ReadAsync(name, version, cancellationToken);
            if (read.TryGet(out var image, out var fault))
                images.Add(image);
            else
                faults.Add(fault);
        }
        return new ImageCatalog([.. images.OrderByDescending(image => image.Manifest.CreatedAt).ThenBy(image => image.Id.Version, StringComparer.Ordinal)], faults);
    }

    private async Task<Outcome<GoldenImage>> ReadAsync(string name, string version, CancellationToken cancellationToken)
    {
        var read = await ImageManifestFile.ReadAsync(DirectoryOf(name, version), new ImageVersion(name, version), cancellationToken);
        if (read.Fault is { } fault)
            LogDamaged(fault);
        return read;
    }

    private IEnumerable<string> Names() => ChildDirectories(data.Images).Where(ImageName.IsValid).Order(StringComparer.Ordinal);

    private string DirectoryOf(string name, string version) => Path.Combine(data.Images, name, version);

    private static IEnumerable<string> ChildDirectories(string directory) =>
        Directory.Exists(directory) ? Directory.EnumerateDirectories(directory).Select(child => Path.GetFileName(child)) : [];

    private static Fault Unknown(string name, string? version) => new(
        ErrorCode.NotFound,
        version is null ? $"There is no image '{name}'." : $"There is no version '{version}' of an image '{name}'.",
        Remedy: "List the images there are with `mayfly image list`.");

    [LoggerMessage(3101, LogLevel.Warning, "Image left out: {Fault}")]
    private partial void LogDamaged(Fault fault);

    [LoggerMessage(3102, LogLevel.Information, "Removed {Count} leftovers of interrupted image builds")]
    private partial void LogLeftovers(int count);
}
