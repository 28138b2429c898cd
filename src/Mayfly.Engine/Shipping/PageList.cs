using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Mayfly.Engine.Shipping;

/// <summary>
/// The pages of something that is shipped, in the order of its files: which there are and what their content is called. All others are zero.
/// </summary>
internal sealed class PageList
{
    /// <summary>Most pages of one shipment, 128 GiB: as much is held in memory by their hashes as a small machine takes.</summary>
    public const int MostPages = 1 << 25;

    private readonly int[] _firsts;

    public PageList(IReadOnlyList<ShippedFile> files, PageSpan[] spans, UInt128[] hashes)
    {
        (Files, Spans, Hashes) = (files, spans, hashes);
        _firsts = new int[spans.Length];
        for (var (index, first) = (0, 0); index < spans.Length; first += spans[index++].Count)
            _firsts[index] = first;
    }

    public IReadOnlyList<ShippedFile> Files { get; }

    public PageSpan[] Spans { get; }

    /// <summary>One for each page.</summary>
    public UInt128[] Hashes { get; }

    /// <summary>True when another list is of the same content.</summary>
    public bool IsSame(PageList other) => Files.SequenceEqual(other.Files) && Spans.AsSpan().SequenceEqual(other.Spans) && Hashes.AsSpan().SequenceEqual(other.Hashes);

    /// <summary>SHA-256 of all it says, lower-case hexadecimal.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(Files));
        hash.AppendData(MemoryMarshal.AsBytes(Spans.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(Hashes.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>True when the list has all pages of a range.</summary>
    public bool Has(PageRange range) => range is { First: >= 0, Count: > 0 } && range.Count <= Hashes.Length - range.First;

    /// <summary>Where the pages of a range lie, in pieces of at most a number of pages.</summary>
    public IEnumerable<PagePiece> Pieces(PageRange range, int most)
    {
        var found = Array.BinarySearch(_firsts, range.First);
        var index = found >= 0 ? found : ~found - 1;
        for (var (at, end) = (range.First, range.First + range.Count); at < end;)
        {
            var span = Spans[index];
            var inside = at - _firsts[index];
            var count = Math.Min(Math.Min(span.Count - inside, end - at), most);
            yield return new PagePiece(at, new PageSpan(span.Page + inside, span.File, count));
            at += count;
            if (inside + count == span.Count)
                index++;
        }
    }

    /// <summary>Numbers of the pages that another list of the same files has in the same places with the same content.</summary>
    public IEnumerable<int> InCommonWith(PageList other)
    {
        var theirs = other.All().GetEnumerator();
        var more = theirs.MoveNext();
        foreach (var (number, file, page) in All())
        {
            while (more && (theirs.Current.File, theirs.Current.Page).CompareTo((file, page)) < 0)
                more = theirs.MoveNext();
            if (!more)
                yield break;
            if ((theirs.Current.File, theirs.Current.Page) == (file, page) && other.Hashes[theirs.Current.Number] == Hashes[number])
                yield return number;
        }
    }

    /// <summary>Each page with its number, file and place there.</summary>
    public IEnumerable<(int Number, int File, long Page)> All()
    {
        var number = 0;
        foreach (var span in Spans)
        {
            for (var inside = 0; inside < span.Count; inside++)
                yield return (number++, span.File, span.Page + inside);
        }
    }
}
