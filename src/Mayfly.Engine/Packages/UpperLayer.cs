using Mayfly.Engine.Packages.Archives;

namespace Mayfly.Engine.Packages;

/// <summary>What a capture has changed, by name: decides what of its base is still seen under it.</summary>
internal sealed class UpperLayer
{
    private readonly Dictionary<string, bool> _hidesBelow = [];
    private readonly HashSet<string> _opaqueBelow = [];

    /// <summary>Reads all names of an archive.</summary>
    public static async Task<UpperLayer> ReadAsync(TarStream archive, CancellationToken cancellationToken)
    {
        var layer = new UpperLayer();
        while (await archive.NextAsync(cancellationToken) is { } entry)
        {
            if (layer._hidesBelow.Count >= EntryCheck.MostEntries)
                throw new InvalidDataException($"it has more than {EntryCheck.MostEntries:N0} files");
            layer._hidesBelow[entry.Name] = entry.Kind != EntryKind.Directory || entry.Opaque;
        }

        return layer;
    }

    /// <summary>True for an entry of the base that is not seen any more; a directory in both is taken from above.</summary>
    public bool Hides(ArchiveEntry entry)
    {
        for (var slash = entry.Name.LastIndexOf('/'); slash > 0; slash = entry.Name.LastIndexOf('/', slash - 1))
        {
            if (_hidesBelow.GetValueOrDefault(entry.Name[..slash]))
                return true;
        }

        if (!_hidesBelow.ContainsKey(entry.Name))
            return false;
        // What the base's directory hides of the machine stays hidden.
        if (entry.Opaque)
            _opaqueBelow.Add(entry.Name);
        return true;
    }

    /// <summary>An entry of this layer as it is over its base, whose entries have all been asked for before.</summary>
    public ArchiveEntry Over(ArchiveEntry entry) =>
        entry.Kind == EntryKind.Directory && _opaqueBelow.Contains(entry.Name) ? entry with { Opaque = true } : entry;
}
