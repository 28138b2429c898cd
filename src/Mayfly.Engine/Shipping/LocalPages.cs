using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Shipping;

/// <summary>The pages this host has already, so that they need not be sent.</summary>
internal sealed class LocalPages(CargoStores stores)
{
    /// <summary>Where they are, as far as lists of them are kept.</summary>
    public async Task<PageIndex> IndexAsync(Cargo cargo, CancellationToken cancellationToken)
    {
        var index = new PageIndex();
        foreach (var files in await stores[cargo].AlikeAsync(cargo, cancellationToken))
        {
            if (!index.IsFull && await KeptLists.FindAsync(files, cancellationToken) is { } list)
                index.Add(list, files.Directory);
        }

        return index;
    }

    /// <summary>Copies the pages of a plan that are here; those that prove to be others have to be sent.</summary>
    public static void Copy(PagePlan plan, PageIndex index, StagedFiles staged, CancellationToken cancellationToken)
    {
        var sources = new Dictionary<int, SafeFileHandle?>();
        var buffer = ArrayPool<byte>.Shared.Rent(StagedFiles.ChunkPages * PageHash.PageBytes);
        try
        {
            for (var at = 0; at < plan.Local.Count;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (number, place) = plan.Local[at];
                var count = RunLength(plan.Local, at);
                var pages = buffer.AsSpan(0, count * PageHash.PageBytes);
                if (Open(sources, index, place.File) is { } source && TryRead(source, pages, place.Page))
                    Take(plan, staged, number, pages);
                else
                    Want(plan, number, count);
                at += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            foreach (var source in sources.Values)
                source?.Dispose();
        }
    }

    /// <summary>How many pages follow one another here as there.</summary>
    private static int RunLength(List<(int Number, PagePlace Place)> local, int at)
    {
        var (number, place) = local[at];
        var count = 1;
        while (count < StagedFiles.ChunkPages && at + count < local.Count
            && local[at + count] == (number + count, place with { Page = place.Page + (uint)count }))
            count++;
        return count;
    }

    private static void Take(PagePlan plan, StagedFiles staged, int first, ReadOnlySpan<byte> pages)
    {
        for (var inside = 0; inside < pages.Length / PageHash.PageBytes; inside++)
        {
            if (staged.IsRight(first + inside, pages.Slice(inside * PageHash.PageBytes, PageHash.PageBytes)))
                continue;
            Want(plan, first, pages.Length / PageHash.PageBytes);
            return;
        }

        staged.Write(first, pages);
    }

    private static void Want(PagePlan plan, int first, int count)
    {
        for (var number = first; number < first + count; number++)
            plan.Want(number);
    }

    private static SafeFileHandle? Open(Dictionary<int, SafeFileHandle?> sources, PageIndex index, int file)
    {
        if (sources.TryGetValue(file, out var open))
            return open;
        try
        {
            return sources[file] = File.OpenHandle(index.Files[file], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return sources[file] = null;
        }
    }

    /// <summary>False when it has changed since it was listed; then what was there is sent.</summary>
    private static bool TryRead(SafeFileHandle source, Span<byte> pages, long page)
    {
        try
        {
            PageFile.ReadPages(source, pages, page * PageHash.PageBytes, RandomAccess.GetLength(source));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
