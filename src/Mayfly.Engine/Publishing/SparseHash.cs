using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Mayfly.Engine.Processes;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Publishing;

/// <summary>
/// Hashes and copies files that are mostly zeros. The hash is SHA-256 over the number (eight bytes, little-endian) and the bytes of each
/// 64 KiB block that is not all zero, and at the end the length: the same for a sparse file and a full one.
/// </summary>
internal static class SparseHash
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockBytes = 64 * 1024;

    private const int ChunkBytes = 16 * BlockBytes;

    /// <summary>Hashes a file.</summary>
    public static Task<WarmFile> OfAsync(string path, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var file = File.OpenHandle(path);
            return Run(file, null, RandomAccess.GetLength(file), cancellationToken);
        },
        cancellationToken);

    /// <summary>Copies the first <paramref name="length"/> bytes, leaving zeros as holes, and hashes them on the way. The target must be empty.</summary>
    public static Task<WarmFile> CopyAsync(SafeFileHandle source, SafeFileHandle target, long length, CancellationToken cancellationToken) =>
        Task.Run(() => Run(source, target, length, cancellationToken), cancellationToken);

    private static WarmFile Run(SafeFileHandle source, SafeFileHandle? target, long length, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            long stored = 0;
            for (var at = NextData(source, 0, length); at < length; at = NextData(source, at, length))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = Fill(source, buffer.AsSpan(0, (int)Math.Min(ChunkBytes, length - at)), at);
                stored += TakeBlocks(buffer.AsSpan(0, count), at, hash, target);
                at += count;
            }

            AppendNumber(hash, length);
            return new WarmFile(length, stored, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Start of the block with the next data at or after an offset, or the length when the rest is a hole.</summary>
    private static long NextData(SafeFileHandle source, long offset, long length)
    {
        var data = Native.Seek(source, offset, Native.SeekData);
        return data < 0 ? length : Math.Max(offset, data - (data % BlockBytes));
    }

    private static int Fill(SafeFileHandle source, Span<byte> buffer, long offset)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            var count = RandomAccess.Read(source, buffer[filled..], offset + filled);
            if (count == 0)
                throw new EndOfStreamException("A file ended before its length.");
            filled += count;
        }

        return filled;
    }

    private static long TakeBlocks(ReadOnlySpan<byte> chunk, long offset, IncrementalHash hash, SafeFileHandle? target)
    {
        long stored = 0;
        for (var start = 0; start < chunk.Length; start += BlockBytes)
        {
            var block = chunk.Slice(start, Math.Min(BlockBytes, chunk.Length - start));
            if (!block.ContainsAnyExcept((byte)0))
                continue;
            AppendNumber(hash, (offset + start) / BlockBytes);
            hash.AppendData(block);
            if (target is not null)
                RandomAccess.Write(target, block, offset + start);
            stored += block.Length;
        }

        return stored;
    }

    private static void AppendNumber(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
