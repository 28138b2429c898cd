using Mayfly.Engine.Disks;
using Mayfly.Engine.Images;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.LivePublishing;

/// <summary>
/// Makes the golden image of a machine's copy: all files of its disk and what it boots from. Files of images, which nobody writes any
/// more, become the new image's by a second name. The machine's own are copied: its QEMU has had them open for writing, and what breaks
/// out of a guest must not reach the disks of others.
/// </summary>
internal static class LayeredVersion
{
    private const string Layer = "layer-";

    /// <summary>Puts the files into a directory, and returns what describes them.</summary>
    /// <param name="directory">The version in the making.</param>
    /// <param name="source">What the machine was made of.</param>
    /// <param name="machine">The machine's directory.</param>
    /// <param name="files">Files of its disk that are read and no longer written, topmost first.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops, and leaves what is there.</param>
    public static async Task<ImageManifest> MakeAsync(
        string directory, GoldenImage source, string machine, IReadOnlyList<DiskFile> files, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var names = files.Select((file, index) => index == files.Count - 1 ? $"disk.{file.Format}" : $"{Layer}{files.Count - 1 - index}.qcow2").ToList();
        foreach (var (file, name) in files.Zip(names))
            await PutAsync(file.Path, Path.Combine(directory, name), own: file.Path.StartsWith(machine + "/", StringComparison.Ordinal), cancellationToken);
        if (source.Manifest.Boot is { } boot)
        {
            foreach (var name in (string[])[boot.Kernel, boot.Initrd])
                await PutAsync(source.PathOf(name), Path.Combine(directory, name), own: false, cancellationToken);
        }

        var disk = source.Manifest.Disk;
        // A full machine's base is its own, and not the one that the source's hash is of.
        var sha256 = files[^1] == source.DiskFiles[^1] ? disk.Sha256 : await FileHash.Sha256Async(Path.Combine(directory, names[^1]), cancellationToken);
        return source.Manifest with
        {
            Source = "machine",
            CreatedAt = now,
            Disk = new ImageDisk(names[^1], files[^1].Format, disk.VirtualBytes, sha256) { Layers = names[..^1] },
        };
    }

    private static async Task PutAsync(string file, string name, bool own, CancellationToken cancellationToken)
    {
        if (own || !Native.Link(file, name))
            await DiskCopy.CopyAsync(file, name, cancellationToken);
    }
}
