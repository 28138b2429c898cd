using System.Security.Cryptography;

namespace Mayfly.Engine.Images;

/// <summary>Hashes of whole files.</summary>
internal static class FileHash
{
    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    public static async Task<string> Sha256Async(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}
