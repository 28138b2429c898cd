namespace Mayfly.Engine.Packages.Archives;

/// <summary>What an entry of an archive is.</summary>
internal enum EntryKind
{
    File,
    Directory,
    SymbolicLink,
    HardLink,
    CharacterDevice,
    BlockDevice,
    Fifo,
}

/// <summary>One entry of an archive, as it says itself: nothing of it is checked but that it can be read.</summary>
/// <param name="Name">Its name, without "./" before and "/" behind it.</param>
/// <param name="Kind">What it is.</param>
internal sealed record ArchiveEntry(string Name, EntryKind Kind)
{
    private const int SetUserOrGroup = 0b110_000_000_000;

    /// <summary>True for a directory that hides what lies under it in the layers below.</summary>
    public bool Opaque { get; init; }

    /// <summary>Bytes of its content.</summary>
    public long Size { get; init; }

    /// <summary>Permissions, setuid, setgid and sticky bit.</summary>
    public int Mode { get; init; }

    public int UserId { get; init; }

    public int GroupId { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public long ModifiedAt { get; init; }

    /// <summary>Where a link leads, or empty.</summary>
    public string LinkTarget { get; init; } = "";

    /// <summary>Major and minor number of a device.</summary>
    public (int Major, int Minor) Device { get; init; }

    /// <summary>Content of security.capability, or null.</summary>
    public byte[]? Capability { get; init; }

    /// <summary>True for an overlay's mark that a file was deleted.</summary>
    public bool IsWhiteout => Kind == EntryKind.CharacterDevice && Device == (0, 0);

    /// <summary>True when it gives rights to whoever runs it. On a directory these bits give none.</summary>
    public bool IsPrivileged => Kind != EntryKind.Directory && ((Mode & SetUserOrGroup) != 0 || Capability is not null);
}
