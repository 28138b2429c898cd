using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Shipping;

/// <summary>The files of a shipment while pages are put into them.</summary>
internal sealed class StagedFiles : IDisposable
{
    /// <summary>Most pages handled at once, 1 MiB.</summary>
    public const int ChunkPages = 256;

    private readonly PageList _list;
    private readonly List<SafeFileHandle> _handles = [];

    /// <summary>Opens the files, made as long as they will be where they are not.</summary>
    public StagedFiles(PageList list, string directory)
    {
        _list = list;
        try
        {
            foreach (var file in list.Files)
            {
                var handle = File.OpenHandle(Path.Combine(directory, file.Name), FileMode.OpenOrCreate, FileAccess.ReadWrite);
                _handles.Add(handle);
                if (RandomAccess.GetLength(handle) != file.Length)
                    RandomAccess.SetLength(handle, file.Length);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>True when a page is the one announced.</summary>
    public bool IsRight(int number, ReadOnlySpan<byte> page) => PageHash.Of(page) == _list.Hashes[number];

    /// <summary>Puts pages where they belong.</summary>
    /// <param name="first">Number of the first.</param>
    /// <param name="pages">Whole pages that follow one another in the shipment; verified.</param>
    public void Write(int first, ReadOnlySpan<byte> pages)
    {
        foreach (var piece in _list.Pieces(new PageRange(first, pages.Length / PageHash.PageBytes), ChunkPages))
        {
            var part = pages.Slice((piece.First - first) * PageHash.PageBytes, piece.Span.Count * PageHash.PageBytes);
            PageFile.WritePages(_handles[piece.Span.File], part, piece.Span.Offset, _list.Files[piece.Span.File].Length);
        }
    }

    /// <summary>Puts a page that has come where the same one belongs once more.</summary>
    public void Repeat(int number, int earlier)
    {
        Span<byte> page = stackalloc byte[PageHash.PageBytes];
        foreach (var piece in _list.Pieces(new PageRange(earlier, 1), 1))
            PageFile.ReadPages(_handles[piece.Span.File], page, piece.Span.Offset, _list.Files[piece.Span.File].Length);
        Write(number, page);
    }

    /// <inheritdoc/>
    public void Dispose() => _handles.ForEach(handle => handle.Dispose());
}
