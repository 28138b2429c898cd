using Mayfly.Engine.Images;

namespace Mayfly.Engine.Publishing;

/// <summary>Hash of a golden image's disk, by which a warm image knows what it stands on.</summary>
internal static class GoldenDiskHash
{
    public static async Task<string> OfAsync(GoldenImage golden, CancellationToken cancellationToken) =>
        (await SparseHash.OfAsync(golden.PathOf(golden.Manifest.Disk.File), cancellationToken)).Sha256;
}
