using System.Security.Cryptography;
using System.Text;
using Mayfly.Engine.Images;

namespace Mayfly.Engine.Publishing;

/// <summary>Hash of a golden image's disk, by which a warm image knows what it stands on: that of its one file, or one over those of its files, topmost first.</summary>
internal static class GoldenDiskHash
{
    public static async Task<string> OfAsync(GoldenImage golden, CancellationToken cancellationToken)
    {
        var files = await Task.WhenAll(golden.DiskFiles.Select(file => SparseHash.OfAsync(file.Path, cancellationToken)));
        return files is [var only]
            ? only.Sha256
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(files.Select(file => file.Sha256)))));
    }
}
