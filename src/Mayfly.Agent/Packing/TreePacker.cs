using System.Formats.Tar;
using Mayfly.Agent.Native;

namespace Mayfly.Agent.Packing;

/// <summary>
/// Writes folders with all in them as a tar archive (pax), and with them what an overlay has written down in its own way: what was deleted,
/// and what hides the layers below.
/// </summary>
internal sealed class TreePacker(Stream output) : IDisposable
{
    private const uint Socket = 0xC000;
    private const uint Link = 0xA000;
    private const uint Folder = 0x4000;
    private const uint CharacterDevice = 0x2000;
    private const uint BlockDevice = 0x6000;
    private const uint Rights = 0xFFF;

    private readonly TarWriter _tar = new(output, TarEntryFormat.Pax, leaveOpen: true);
    private readonly Dictionary<ulong, string> _linked = [];

    /// <summary>How many have been written.</summary>
    internal int Entries { get; private set; }

    /// <summary>Adds a folder; one that is missing is no failure.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">Its name in the archive.</param>
    internal void AddTree(string path, string name)
    {
        if (FileStatus.TryOf(path) is not { } status)
            return;
        Add(path, name, status);
        if (status.Kind != Folder)
            return;
        // Sorted: the same tree gives the same archive.
        var names = Directory.GetFileSystemEntries(path).Select(entry => Path.GetFileName(entry)).ToArray();
        Array.Sort(names, StringComparer.Ordinal);
        foreach (var inside in names)
            AddTree($"{path}/{inside}", $"{name}/{inside}");
    }

    /// <summary>Writes the archive's end.</summary>
    public void Dispose() => _tar.Dispose();

    private void Add(string path, string name, FileStatus status)
    {
        // A socket without the program that listens is nothing.
        if (status.Kind == Socket)
            return;
        var first = status.IsFile && status.Links > 1 ? FirstName(status.Inode, name) : null;
        var entry = new PaxTarEntry(first is null ? TypeOf(status) : TarEntryType.HardLink, name, OverlayRecords.Read(path, status.Kind == Folder))
        {
            Mode = (UnixFileMode)(status.Mode & Rights),
            Uid = (int)status.User,
            Gid = (int)status.Group,
            ModificationTime = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(status.ModifiedAt, 0, uint.MaxValue)),
        };
        if (first is not null)
            entry.LinkName = first;
        else if (status.Kind == Link)
            entry.LinkName = new FileInfo(path).LinkTarget ?? throw new IOException($"The link {name} can not be read.");
        else if (status.Kind is CharacterDevice or BlockDevice)
            (entry.DeviceMajor, entry.DeviceMinor) = ((int)(status.OwnDevice >> 8) & 0xfff, (int)(status.OwnDevice & 0xff));
        Write(entry, first is null && status.IsFile ? path : null);
    }

    private void Write(PaxTarEntry entry, string? content)
    {
        using var file = content is null ? null : File.OpenRead(content);
        if (file is not null)
            entry.DataStream = file;
        _tar.WriteEntry(entry);
        Entries++;
    }

    /// <summary>The name a file with several has been packed under, or null when this is the first.</summary>
    private string? FirstName(ulong inode, string name) => _linked.TryAdd(inode, name) ? null : _linked[inode];

    private static TarEntryType TypeOf(FileStatus status) => status.Kind switch
    {
        Folder => TarEntryType.Directory,
        Link => TarEntryType.SymbolicLink,
        CharacterDevice => TarEntryType.CharacterDevice,
        BlockDevice => TarEntryType.BlockDevice,
        _ => status.IsFile ? TarEntryType.RegularFile : TarEntryType.Fifo,
    };
}
