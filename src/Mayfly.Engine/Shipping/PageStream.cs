using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Shipping;

/// <summary>A batch of pages as bytes: one after the other as they were asked for, nothing between them, compressed as a whole.</summary>
internal static class PageStream
{
    /// <summary>Writes the pages of some ranges.</summary>
    public static async Task WriteAsync(
        PageList list, IReadOnlyList<SafeFileHandle> files, IReadOnlyList<PageRange> ranges, Stream target, CancellationToken cancellationToken)
    {
        await using var packed = new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true);
        var buffer = new byte[StagedFiles.ChunkPages * PageHash.PageBytes];
        foreach (var piece in ranges.SelectMany(range => list.Pieces(range, StagedFiles.ChunkPages)))
        {
            var pages = buffer.AsMemory(0, piece.Span.Count * PageHash.PageBytes);
            PageFile.ReadPages(files[piece.Span.File], pages.Span, piece.Span.Offset, list.Files[piece.Span.File].Length);
            await packed.WriteAsync(pages, cancellationToken);
        }
    }

    /// <summary>Reads them, verifies each and puts it in its place; what came before a failure stays.</summary>
    /// <param name="ranges">What was asked for.</param>
    /// <param name="plan">Told what has come.</param>
    /// <param name="staged">Where it goes.</param>
    /// <param name="source">The batch.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InvalidDataException">It is not what was asked for, or broke off.</exception>
    public static async Task ReadAsync(IReadOnlyList<PageRange> ranges, PagePlan plan, StagedFiles staged, Stream source, CancellationToken cancellationToken)
    {
        await using var pages = new BrotliStream(source, CompressionMode.Decompress, leaveOpen: true);
        var buffer = new byte[StagedFiles.ChunkPages * PageHash.PageBytes];
        foreach (var range in ranges)
        {
            for (var (first, end) = (range.First, range.First + range.Count); first < end;)
            {
                var count = Math.Min(end - first, StagedFiles.ChunkPages);
                var chunk = buffer.AsMemory(0, count * PageHash.PageBytes);
                await FillAsync(pages, chunk, cancellationToken);
                Take(plan, staged, first, chunk.Span);
                first += count;
            }
        }

        if (await FillAsync(pages, buffer.AsMemory(0, 1), cancellationToken, mayEnd: true))
            throw new InvalidDataException("More came than was asked for.");
    }

    private static void Take(PagePlan plan, StagedFiles staged, int first, ReadOnlySpan<byte> pages)
    {
        var count = pages.Length / PageHash.PageBytes;
        var right = 0;
        while (right < count && staged.IsRight(first + right, pages.Slice(right * PageHash.PageBytes, PageHash.PageBytes)))
            right++;
        staged.Write(first, pages[..(right * PageHash.PageBytes)]);
        plan.Have(first, right);
        if (right < count)
            throw new InvalidDataException("A page came that is not the one announced.");
    }

    /// <summary>All that can go wrong with what comes from elsewhere becomes one exception, and is not taken for trouble of this host's disk.</summary>
    private static async Task<bool> FillAsync(Stream source, Memory<byte> buffer, CancellationToken cancellationToken, bool mayEnd = false)
    {
        try
        {
            var filled = await source.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: !mayEnd, cancellationToken);
            return filled == buffer.Length;
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }
}
