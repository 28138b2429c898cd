using System.Formats.Tar;
using Mayfly.Contracts;
using Mayfly.Engine.Packages.Archives;
using Mayfly.Engine.Processes;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Packages;

/// <summary>
/// Writes a squashfs entry by entry, through tar2sqfs. The same entries give the same bytes: times are those of the entries, and none of
/// the writing. lz4, since guests read packages far more often than they are made.
/// </summary>
internal sealed class SquashWriter : IAsyncDisposable
{
    private const string Package = "squashfs-tools-ng";
    private const string CapabilityRecord = "LIBARCHIVE.xattr.security.capability";
    private const string OpaqueRecord = "SCHILY.xattr.trusted.overlay.opaque";

    private readonly PipedTool _tool;
    private readonly TarWriter _tar;
    private readonly SafeFileHandle _file;

    private SquashWriter(PipedTool tool, SafeFileHandle file)
    {
        (_tool, _file) = (tool, file);
        _tar = new TarWriter(tool.Input, TarEntryFormat.Pax, leaveOpen: true);
    }

    /// <summary>Begins a new file. Faults: ToolMissing.</summary>
    public static Outcome<SquashWriter> Create(string path)
    {
        // Held open: tar2sqfs removes what it could not finish, and a full disk would not be full any more when it is looked at.
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        var started = PipedTool.Start(new ToolStart(
            "tar2sqfs", Package, ["--quiet", "--force", "--no-skip", "--compressor", "lz4", "--defaults", "uid=0,gid=0,mode=0755,mtime=0", path]));
        if (started.TryGet(out var tool, out var fault))
            return new SquashWriter(tool, file);
        file.Dispose();
        return fault;
    }

    /// <summary>Adds an entry.</summary>
    /// <param name="entry">What it is.</param>
    /// <param name="content">Content of a file: as many bytes as the entry says, or null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="IOException">tar2sqfs has ended; <see cref="FinishAsync"/> tells why.</exception>
    public Task AddAsync(ArchiveEntry entry, Stream? content, CancellationToken cancellationToken)
    {
        var made = new PaxTarEntry(TypeOf(entry.Kind), entry.Name, Attributes(entry))
        {
            Mode = (UnixFileMode)entry.Mode,
            Uid = entry.UserId,
            Gid = entry.GroupId,
            // A squashfs has 32 bits for it.
            ModificationTime = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(entry.ModifiedAt, 0, uint.MaxValue)),
        };
        if (content is not null)
            made.DataStream = content;
        if (entry.Kind is EntryKind.SymbolicLink or EntryKind.HardLink)
            made.LinkName = entry.LinkTarget;
        if (entry.Kind == EntryKind.CharacterDevice)
            (made.DeviceMajor, made.DeviceMinor) = entry.Device;
        return _tar.WriteEntryAsync(made, cancellationToken);
    }

    /// <summary>Ends the file. Null when it is whole, otherwise what tar2sqfs says.</summary>
    /// <param name="complete">False when writing has failed: then only the reason is wanted.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<string?> FinishAsync(bool complete, CancellationToken cancellationToken)
    {
        try
        {
            // Writes the end mark.
            if (complete)
                await _tar.DisposeAsync();
        }
        catch (IOException)
        {
            // It has ended before; its status says so.
        }

        var (exitCode, words) = await _tool.EndAsync(cancellationToken);
        return exitCode == 0 && complete ? null : $"tar2sqfs: {Guests.GuestText.OneLine(words)}";
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _tool.DisposeAsync();
        _file.Dispose();
    }

    private static TarEntryType TypeOf(EntryKind kind) => kind switch
    {
        EntryKind.File => TarEntryType.RegularFile,
        EntryKind.Directory => TarEntryType.Directory,
        EntryKind.SymbolicLink => TarEntryType.SymbolicLink,
        EntryKind.HardLink => TarEntryType.HardLink,
        EntryKind.CharacterDevice => TarEntryType.CharacterDevice,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not for a package."),
    };

    private static IEnumerable<KeyValuePair<string, string>> Attributes(ArchiveEntry entry)
    {
        if (entry.Capability is { } capability)
            yield return new(CapabilityRecord, Convert.ToBase64String(capability));
        if (entry.Opaque)
            yield return new(OpaqueRecord, "y");
    }
}
