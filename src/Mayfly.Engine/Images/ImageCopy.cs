using System.Security.Cryptography;
using Mayfly.Engine.Processes;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Images;

/// <summary>Copies an image file and hashes it on the way: by sharing its blocks where the file system can, and without its holes elsewhere.</summary>
internal static class ImageCopy
{
    private const int BlockBytes = 1 << 20;

    /// <returns>SHA-256 of the content, lower-case hexadecimal.</returns>
    /// <param name="source">File to copy, open for reading.</param>
    /// <param name="target">New file.</param>
    /// <param name="onShare">Told how much is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the copy.</param>
    public static async Task<string> CopyAsync(SafeFileHandle source, string target, Action<double> onShare, CancellationToken cancellationToken)
    {
        using var copy = File.OpenHandle(target, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        var length = RandomAccess.GetLength(source);
        var shared = Native.ShareBlocks(copy, source);
        if (!shared)
            RandomAccess.SetLength(copy, length);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BlockBytes];
        for (long offset = 0; offset < length;)
        {
            // From the copy when blocks are shared: what is hashed is then what is kept, whatever happens to the source.
            var read = await RandomAccess.ReadAsync(shared ? copy : source, buffer, offset, cancellationToken);
            if (read == 0)
                throw new IOException("The file became shorter while it was copied.");
            var block = buffer.AsMemory(0, read);
            hash.AppendData(block.Span);
            if (!shared && block.Span.ContainsAnyExcept((byte)0))
                await RandomAccess.WriteAsync(copy, block, offset, cancellationToken);
            offset += read;
            onShare(offset / (double)length);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
