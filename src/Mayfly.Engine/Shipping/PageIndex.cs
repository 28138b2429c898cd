namespace Mayfly.Engine.Shipping;

/// <summary>Where a page is.</summary>
/// <param name="File">Index of the file in <see cref="PageIndex.Files"/>.</param>
/// <param name="Page">Number of the page there.</param>
internal readonly record struct PagePlace(int File, uint Page);

/// <summary>
/// Where on this host pages are by their content. It takes a limited number and then no more, and knows half of each name: what is found is
/// verified when it is read.
/// </summary>
internal sealed class PageIndex
{
    // 16 GiB of pages, about 130 MB of memory.
    private const int MostEntries = 1 << 22;
    private readonly Dictionary<ulong, PagePlace> _places = [];
    private readonly List<string> _files = [];

    /// <summary>Paths of the files that have them.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>True when it takes no more.</summary>
    public bool IsFull => _places.Count >= MostEntries;

    /// <summary>Takes in the pages of a list. A page that is known already stays where it is.</summary>
    public void Add(PageList list, string directory)
    {
        var first = _files.Count;
        _files.AddRange(list.Files.Select(file => Path.Combine(directory, file.Name)));
        foreach (var (number, file, page) in list.All())
        {
            if (IsFull)
                return;
            _places.TryAdd((ulong)list.Hashes[number], new PagePlace(first + file, (uint)page));
        }
    }

    /// <summary>Where a page probably is, or null.</summary>
    public PagePlace? Find(UInt128 hash) => _places.TryGetValue((ulong)hash, out var place) ? place : null;
}
