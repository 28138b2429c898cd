using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Mayfly.Engine.Shipping;

/// <summary>The name of a page's content: the first 16 bytes of its SHA-256. The last page of a file counts as filled up with zeros.</summary>
internal static class PageHash
{
    /// <summary>Bytes of a page: guests' memory and file systems are divided like this, so that a block of a disk and its copy in memory are the same page.</summary>
    public const int PageBytes = 4096;

    public static UInt128 Of(ReadOnlySpan<byte> page)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(page, digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }

    /// <summary>How many pages hold a number of bytes.</summary>
    public static long Count(long bytes) => (bytes + PageBytes - 1) / PageBytes;
}
