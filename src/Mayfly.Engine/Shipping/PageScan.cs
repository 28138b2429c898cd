using System.Buffers;
using Mayfly.Engine.Processes;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Shipping;

/// <summary>Makes lists of pages: reads files without their holes, several stretches at once.</summary>
internal static class PageScan
{
    private const long StretchBytes = 64L << 20;
    private const int ChunkBytes = 1 << 20;

    /// <summary>Lists the pages of files.</summary>
    /// <param name="directory">Where they are.</param>
    /// <param name="names">Their names, in order.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InvalidDataException">They have more pages than a list may have.</exception>
    public static async Task<PageList> RunAsync(string directory, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var files = new List<SafeFileHandle>();
        try
        {
            foreach (var name in names)
                files.Add(File.OpenHandle(Path.Combine(directory, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            var stretches = files.SelectMany(Stretches).ToList();
            var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
            await Parallel.ForEachAsync(stretches, options, (stretch, token) => new ValueTask(Task.Run(() => stretch.Read(token), token)));
            return Join(names, [.. files.Select(RandomAccess.GetLength)], stretches);
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    private static IEnumerable<Stretch> Stretches(SafeFileHandle handle, int file)
    {
        var length = RandomAccess.GetLength(handle);
        for (long from = 0; from < length; from += StretchBytes)
        {
            // A file of nothing but holes is as long as somebody likes.
            from = NextData(handle, from, length);
            if (from < length)
                yield return new Stretch(handle, file, from, Math.Min(from + StretchBytes, length));
        }
    }

    private static PageList Join(IReadOnlyList<string> names, IReadOnlyList<long> lengths, List<Stretch> stretches)
    {
        var spans = new List<PageSpan>();
        foreach (var span in stretches.SelectMany(stretch => stretch.Spans))
            Append(spans, span);
        if (stretches.Sum(stretch => (long)stretch.Hashes.Count) > PageList.MostPages)
            throw new InvalidDataException($"There are more than {PageList.MostPages} pages.");
        var pages = names.Select((_, file) => spans.Where(span => span.File == file).Sum(span => span.Count));
        var files = names.Zip(lengths, pages).Select(file => new ShippedFile(file.First, file.Second, file.Third));
        return new PageList([.. files], [.. spans], [.. stretches.SelectMany(stretch => stretch.Hashes)]);
    }

    private static void Append(List<PageSpan> spans, PageSpan next)
    {
        if (spans.Count > 0 && spans[^1] is var last && last.File == next.File && last.Page + last.Count == next.Page)
            spans[^1] = last with { Count = last.Count + next.Count };
        else
            spans.Add(next);
    }

    /// <summary>Start of the page with the next data at or after an offset, or the length when the rest is a hole.</summary>
    private static long NextData(SafeFileHandle file, long offset, long length)
    {
        var data = offset < length ? Native.Seek(file, offset, Native.SeekData) : -1;
        return data < 0 ? length : Math.Max(offset, data - (data % PageHash.PageBytes));
    }

    private sealed class Stretch(SafeFileHandle handle, int file, long from, long to)
    {
        public List<PageSpan> Spans { get; } = [];

        public List<UInt128> Hashes { get; } = [];

        public void Read(CancellationToken cancellationToken)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
            try
            {
                for (var at = NextData(handle, from, to); at < to; at = NextData(handle, at, to))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var chunk = buffer.AsSpan(0, (int)Math.Min(ChunkBytes, to - at));
                    PageFile.Read(handle, chunk, at);
                    TakePages(buffer.AsSpan(0, PageFile.Padded(buffer, chunk.Length)), at / PageHash.PageBytes);
                    at += chunk.Length;
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        private void TakePages(ReadOnlySpan<byte> pages, long number)
        {
            for (; !pages.IsEmpty; pages = pages[PageHash.PageBytes..], number++)
            {
                var page = pages[..PageHash.PageBytes];
                if (!page.ContainsAnyExcept((byte)0))
                    continue;
                Append(Spans, new PageSpan(number, file, 1));
                Hashes.Add(PageHash.Of(page));
            }
        }
    }
}
