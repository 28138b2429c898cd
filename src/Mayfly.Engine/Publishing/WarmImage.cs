using Mayfly.Engine.Disks;
using Mayfly.Engine.Images;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Publishing;

/// <summary>A warm image ready to be forked: verified, its memory loaded and sealed.</summary>
/// <param name="Id">Name and version of its golden image.</param>
/// <param name="Golden">The golden image below it.</param>
/// <param name="Files">Where it lies.</param>
/// <param name="Manifest">What it is.</param>
/// <param name="Memory">Guest memory, sealed.</param>
internal sealed record WarmImage(ImageVersion Id, GoldenImage Golden, WarmFiles Files, WarmManifest Manifest, SafeFileHandle Memory) : IDisposable
{
    /// <summary>The disk of a clone whose own writes go to <paramref name="overlay"/>.</summary>
    public DiskChain DiskUnder(string overlay) => DiskUnder(overlay, Files, Golden);

    /// <summary>The same for a warm image that need not be loaded.</summary>
    public static DiskChain DiskUnder(string overlay, WarmFiles files, GoldenImage golden) => new([new DiskFile(overlay, "qcow2"), .. Below(files, golden)]);

    /// <summary>What the own files of a fork stand on.</summary>
    public static IReadOnlyList<DiskFile> Below(WarmFiles files, GoldenImage golden) => [new DiskFile(files.FrozenDisk, "qcow2"), .. golden.DiskFiles];

    /// <summary>Lets go of our hold on the memory; clones keep theirs.</summary>
    public void Dispose() => Memory.Dispose();
}
