using System.Security.Cryptography;

namespace Mayfly.Engine.Disks;

/// <summary>Copies bytes whose number is known, and tells what they were.</summary>
internal static class HashedCopy
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Copies exactly so many bytes.</summary>
    /// <returns>Their SHA-256, lower-case hexadecimal.</returns>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public static async Task<string> RunAsync(Stream source, Stream target, long bytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        for (var left = bytes; left > 0;)
        {
            var part = buffer.AsMemory(0, (int)Math.Min(left, buffer.Length));
            await source.ReadExactlyAsync(part, cancellationToken);
            hash.AppendData(part.Span);
            await target.WriteAsync(part, cancellationToken);
            left -= part.Length;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
