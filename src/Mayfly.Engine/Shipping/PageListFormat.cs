using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mayfly.Engine.Shipping;

/// <summary>
/// A list of pages as bytes: the number of spans (four bytes), the spans, the hashes. All numbers are little-endian. The files are told
/// elsewhere, and what is read is held against them.
/// </summary>
internal static class PageListFormat
{
    private const int ChunkItems = 1 << 16;

    public static async Task WriteAsync(PageList list, Stream target, CancellationToken cancellationToken)
    {
        await target.WriteAsync(BitConverter.GetBytes(list.Spans.Length), cancellationToken);
        await WriteAsync(list.Spans, target, cancellationToken);
        await WriteAsync(list.Hashes, target, cancellationToken);
    }

    /// <summary>Reads the list of files that are known.</summary>
    /// <exception cref="InvalidDataException">It is not one of these files, or there is more than it.</exception>
    /// <exception cref="EndOfStreamException">It is not whole.</exception>
    public static async Task<PageList> ReadAsync(IReadOnlyList<ShippedFile> files, Stream source, CancellationToken cancellationToken)
    {
        var pages = files.Sum(file => (long)file.Pages);
        if (pages > PageList.MostPages)
            throw new InvalidDataException("The list is too long.");
        var head = new byte[sizeof(int)];
        await source.ReadExactlyAsync(head, cancellationToken);
        var count = BitConverter.ToInt32(head);
        if (count < 0 || count > pages)
            throw new InvalidDataException("The list has an impossible number of spans.");
        var spans = await ReadAsync<PageSpan>(count, source, cancellationToken);
        Check(files, spans);
        var hashes = await ReadAsync<UInt128>((int)pages, source, cancellationToken);
        if (await source.ReadAsync(head.AsMemory(0, 1), cancellationToken) != 0)
            throw new InvalidDataException("There is more than a list.");
        return new PageList(files, spans, hashes);
    }

    private static void Check(IReadOnlyList<ShippedFile> files, PageSpan[] spans)
    {
        var counts = new long[files.Count];
        var (file, free) = (0, 0L);
        foreach (var span in spans)
        {
            if (span.File != file)
                free = 0;
            if (span.File < file || span.File >= files.Count || span.Count < 1 || span.Page < free || span.Page > PageHash.Count(files[span.File].Length) - span.Count)
                throw new InvalidDataException("The list has a span where none can be.");
            (file, free) = (span.File, span.Page + span.Count);
            counts[file] += span.Count;
        }

        if (!counts.SequenceEqual(files.Select(known => (long)known.Pages)))
            throw new InvalidDataException("The list has another number of pages than was said.");
    }

    private static async Task WriteAsync<T>(T[] items, Stream target, CancellationToken cancellationToken) where T : unmanaged
    {
        for (var at = 0; at < items.Length; at += ChunkItems)
            await target.WriteAsync(MemoryMarshal.AsBytes(items.AsSpan(at, Math.Min(ChunkItems, items.Length - at))).ToArray(), cancellationToken);
    }

    /// <summary>Memory is taken as the items come, not as they are promised.</summary>
    private static async Task<T[]> ReadAsync<T>(int count, Stream source, CancellationToken cancellationToken) where T : unmanaged
    {
        var items = new List<T>();
        var chunk = new byte[ChunkItems * Unsafe.SizeOf<T>()];
        while (items.Count < count)
        {
            var part = chunk.AsMemory(0, Math.Min(ChunkItems, count - items.Count) * Unsafe.SizeOf<T>());
            await source.ReadExactlyAsync(part, cancellationToken);
            items.AddRange(MemoryMarshal.Cast<byte, T>(part.Span));
        }

        return [.. items];
    }
}
