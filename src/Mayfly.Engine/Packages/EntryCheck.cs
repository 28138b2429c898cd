using System.Text;
using Mayfly.Engine.Packages.Archives;

namespace Mayfly.Engine.Packages;

/// <summary>
/// What an entry must be like to become part of a package. Every file system that guests mount is written of entries that passed here, so
/// that the kernel of a guest never reads one that somebody else has made.
/// </summary>
internal static class EntryCheck
{
    public const int MostEntries = 1_000_000;

    private const int MostNameBytes = 1024;
    private const int MostPartBytes = 255;
    private const int MostTargetBytes = 4095;

    private static readonly string[] s_roots = ["usr", "opt", "etc"];

    /// <summary>Passes an entry whose place and kind are right.</summary>
    /// <exception cref="InvalidDataException">They are not; the message says why.</exception>
    public static void Check(ArchiveEntry entry, PackageContents contents)
    {
        if (contents.Count >= MostEntries)
            throw new InvalidDataException($"it has more than {MostEntries:N0} files");
        CheckName(entry.Name);
        CheckKind(entry);
        CheckPlace(entry, contents);
        if (entry.Kind == EntryKind.SymbolicLink)
            CheckTarget(entry);
        if (entry.Kind == EntryKind.HardLink && contents.Find(entry.LinkTarget) is not { Kind: EntryKind.File })
            throw new InvalidDataException($"{entry.Name} is a hard link to '{entry.LinkTarget}', which is no file before it");
    }

    private static void CheckName(string name)
    {
        if (name.StartsWith('/'))
            throw new InvalidDataException($"the name '{name}' is absolute");
        var parts = name.Split('/');
        if (parts.Any(part => part is "" or "." or ".."))
            throw new InvalidDataException($"the name '{name}' has empty parts, '.' or '..'");
        if (!s_roots.Contains(parts[0]))
            throw new InvalidDataException($"'{name}' is not below usr, opt or etc");
        if (name.Any(char.IsControl))
            throw new InvalidDataException($"the name '{name}' has control characters");
        if (Encoding.UTF8.GetByteCount(name) > MostNameBytes || parts.Any(part => Encoding.UTF8.GetByteCount(part) > MostPartBytes))
            throw new InvalidDataException($"the name '{name[..60]}...' is too long");
    }

    private static void CheckKind(ArchiveEntry entry)
    {
        // A whiteout says that a file of the machine is gone. That is no more than a file in its place could do.
        if (entry.Kind is EntryKind.BlockDevice or EntryKind.CharacterDevice && !entry.IsWhiteout)
            throw new InvalidDataException($"{entry.Name} is a device");
        if (entry.Kind == EntryKind.Fifo)
            throw new InvalidDataException($"{entry.Name} is a pipe or a socket");
        if (s_roots.Contains(entry.Name) && entry.Kind != EntryKind.Directory)
            throw new InvalidDataException($"{entry.Name} is not a directory");
    }

    private static void CheckPlace(ArchiveEntry entry, PackageContents contents)
    {
        if (contents.Find(entry.Name) is not null)
            throw new InvalidDataException($"it has {entry.Name} twice");
        for (var slash = entry.Name.LastIndexOf('/'); slash > 0; slash = entry.Name.LastIndexOf('/', slash - 1))
        {
            if (contents.Find(entry.Name[..slash]) is not { } parent)
                continue;
            if (parent.Kind != EntryKind.Directory)
                throw new InvalidDataException($"{entry.Name} lies below {parent.Name}, which is not a directory");
            return;
        }
    }

    private static void CheckTarget(ArchiveEntry link)
    {
        if (link.LinkTarget.Length == 0 || link.LinkTarget.Contains('\0') || Encoding.UTF8.GetByteCount(link.LinkTarget) > MostTargetBytes)
            throw new InvalidDataException($"the link {link.Name} leads nowhere");
        if (LinkTarget.Resolve(link) is null)
            throw new InvalidDataException($"the link {link.Name} leads above the root: {link.LinkTarget}");
    }
}
