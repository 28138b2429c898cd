using Mayfly.Engine.Images;
using Mayfly.Engine.Publishing;

namespace Mayfly.Engine.Shipping;

/// <summary>One part of a version as it lies here.</summary>
/// <param name="Directory">Where.</param>
/// <param name="Names">Its files, without the manifest.</param>
/// <param name="ManifestName">The manifest's.</param>
internal sealed record ImagePart(string Directory, IReadOnlyList<string> Names, string ManifestName)
{
    public string ManifestPath => Path.Combine(Directory, ManifestName);

    public static ImagePart Golden(string directory, ImageManifest manifest) => new(
        directory,
        [manifest.Disk.File, .. manifest.Disk.Layers, .. manifest.Boot is { } boot ? (string[])[boot.Kernel, boot.Initrd] : []],
        ImageManifestFile.Name);

    public static ImagePart Warm(string directory)
    {
        var files = new WarmFiles(directory);
        string[] paths = [files.Memory, files.State, files.FrozenDisk, files.EmptyOverlay];
        return new ImagePart(directory, [.. paths.Select(path => Path.GetFileName(path))], Path.GetFileName(files.Manifest));
    }
}
