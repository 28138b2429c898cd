using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Shipping;

/// <summary>Reads and writes files by whole pages, of which the last may stick out beyond the end.</summary>
internal static class PageFile
{
    /// <summary>Fills a buffer from a place in a file.</summary>
    /// <exception cref="EndOfStreamException">The file is shorter than that.</exception>
    public static void Read(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        while (!buffer.IsEmpty)
        {
            var count = RandomAccess.Read(file, buffer, offset);
            if (count == 0)
                throw new EndOfStreamException("A file ended before its length.");
            buffer = buffer[count..];
            offset += count;
        }
    }

    /// <summary>Fills the last page in a buffer up with zeros, and returns how many bytes there are then.</summary>
    public static int Padded(Span<byte> buffer, int filled)
    {
        var whole = (int)PageHash.Count(filled) * PageHash.PageBytes;
        buffer[filled..whole].Clear();
        return whole;
    }

    /// <summary>Reads pages into a buffer.</summary>
    /// <exception cref="EndOfStreamException">The file is shorter than that.</exception>
    public static void ReadPages(SafeFileHandle file, Span<byte> pages, long offset, long length)
    {
        var inside = (int)Math.Clamp(length - offset, 0, pages.Length);
        Read(file, pages[..inside], offset);
        pages[inside..].Clear();
    }

    /// <summary>Writes pages, and nothing beyond the end.</summary>
    public static void WritePages(SafeFileHandle file, ReadOnlySpan<byte> pages, long offset, long length) =>
        RandomAccess.Write(file, pages[..(int)Math.Clamp(length - offset, 0, pages.Length)], offset);
}
