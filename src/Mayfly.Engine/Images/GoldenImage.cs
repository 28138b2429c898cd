using Mayfly.Contracts.Agent;
using Mayfly.Engine.Disks;

namespace Mayfly.Engine.Images;

/// <summary>One version of a golden image as it lies on disk: <c>images/NAME/VERSION/</c> with <c>image.json</c> and the files it names.</summary>
/// <param name="Id">Name and version.</param>
/// <param name="Directory">Absolute directory.</param>
/// <param name="Manifest">What <c>image.json</c> says.</param>
public sealed record GoldenImage(ImageVersion Id, string Directory, ImageManifest Manifest)
{
    /// <summary>Absolute path of one of the version's files.</summary>
    public string PathOf(string file) => Path.Combine(Directory, file);

    /// <summary>The files of its disk, topmost first.</summary>
    internal IReadOnlyList<DiskFile> DiskFiles =>
        [.. Manifest.Disk.Layers.Select(layer => new DiskFile(PathOf(layer), "qcow2")), new DiskFile(PathOf(Manifest.Disk.File), Manifest.Disk.Format)];
}

/// <summary>Content of <c>image.json</c>.</summary>
public sealed record ImageManifest
{
    /// <summary>"recipe", "import", or "machine" for one published from a running machine.</summary>
    public required string Source { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The virtual hardware it is meant for.</summary>
    public required ImageHardware Hardware { get; init; }

    /// <summary>Its disk.</summary>
    public required ImageDisk Disk { get; init; }

    /// <summary>Direct kernel boot, or null when the disk boots itself.</summary>
    public ImageBoot? Boot { get; init; }

    /// <summary>When its desktop counts as drawn and quiet at publish.</summary>
    public required SettleRequest Settle { get; init; }
}

/// <summary>Virtual hardware of an image.</summary>
/// <param name="MemoryMib">Guest memory in MiB.</param>
/// <param name="Cpus">Virtual CPUs.</param>
/// <param name="VideoMemoryMib">Framebuffer in MiB, a power of two; it is private to each clone, so no larger than the screen needs.</param>
/// <param name="Sound">True with a sound card.</param>
public sealed record ImageHardware(int MemoryMib, int Cpus, int VideoMemoryMib, bool Sound = false);

/// <summary>Disk of an image.</summary>
/// <param name="File">File name; of its base, when it has layers.</param>
/// <param name="Format">"raw" or "qcow2"; never probed.</param>
/// <param name="VirtualBytes">Size the guest sees.</param>
/// <param name="Sha256">Hash of the file, lower-case hexadecimal.</param>
public sealed record ImageDisk(string File, string Format, long VirtualBytes, string Sha256)
{
    /// <summary>Most layers: each is an open file of every machine, and one more look-up for what was never written.</summary>
    public const int MostLayers = 16;

    /// <summary>Names of qcow2 files over the base, topmost first; none but in an image published from a running machine.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];
}

/// <summary>Direct kernel boot.</summary>
/// <param name="Kernel">Kernel file name.</param>
/// <param name="Initrd">Initial RAM disk file name.</param>
/// <param name="CommandLine">Kernel command line.</param>
public sealed record ImageBoot(string Kernel, string Initrd, string CommandLine);
