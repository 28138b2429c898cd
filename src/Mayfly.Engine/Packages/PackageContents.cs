using Mayfly.Engine.Packages.Archives;

namespace Mayfly.Engine.Packages;

/// <summary>What is in a package in the making: all its names, and what must be told of it.</summary>
internal sealed class PackageContents
{
    private readonly Dictionary<string, ArchiveEntry> _entries = [];
    private readonly List<string> _privileged = [];

    /// <summary>Files, folders and links.</summary>
    public int Count => _entries.Count;

    /// <summary>Bytes of all files.</summary>
    public long Bytes { get; private set; }

    /// <summary>Files that give rights, by name.</summary>
    public IReadOnlyList<string> Privileged => _privileged;

    /// <summary>True when it has something below /etc.</summary>
    public bool HasSettings => _entries.Keys.Any(name => name.StartsWith("etc/", StringComparison.Ordinal));

    /// <summary>All names.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>The entry of a name, or null.</summary>
    public ArchiveEntry? Find(string name) => _entries.GetValueOrDefault(name);

    /// <summary>The file that a name leads to inside the package, or null when there is none.</summary>
    public ArchiveEntry? FollowToFile(string name)
    {
        const int mostLinks = 8;
        for (var links = 0; links < mostLinks && Find(name) is { } entry; links++)
        {
            if (entry.Kind == EntryKind.File)
                return entry;
            if (entry.Kind == EntryKind.HardLink)
                name = entry.LinkTarget;
            else if (entry.Kind != EntryKind.SymbolicLink || LinkTarget.Resolve(entry) is not { } target)
                return null;
            else
                name = target;
        }

        return null;
    }

    /// <summary>Takes an entry in.</summary>
    public void Add(ArchiveEntry entry)
    {
        _entries.Add(entry.Name, entry);
        Bytes += entry.Size;
        if (entry.IsPrivileged)
            _privileged.Add(entry.Name);
    }
}
