namespace Mayfly.Engine.Packages.Archives;

/// <summary>
/// Reads a tar archive from beginning to end, entry by entry. The library's reader takes what is in pax headers for text, leaves them out
/// where a GNU header follows (as sqfs2tar writes them), and holds headers of any length in memory: capabilities and the marks of an
/// overlay would be lost, and a few bytes could make it take gigabytes.
/// </summary>
/// <param name="source">The archive; need not be seekable.</param>
/// <param name="limit">Most bytes read of it.</param>
internal sealed class TarStream(Stream source, long limit)
{
    private const int MostMetadata = 1 << 20;

    private readonly byte[] _block = new byte[TarHeader.BlockBytes];
    private readonly byte[] _scratch = new byte[64 * 1024];
    private long _read;
    private long _content;
    private long _padding;

    /// <summary>True once the source had no more bytes to give.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The next entry, or null at the archive's end.</summary>
    /// <exception cref="InvalidDataException">It is damaged or past its limit; the message says why and follows "it can not be imported:".</exception>
    public async Task<ArchiveEntry?> NextAsync(CancellationToken cancellationToken)
    {
        await SkipAsync(_content + _padding, cancellationToken);
        var (records, name, link) = (PaxRecords.None, default(string), default(string));
        while (true)
        {
            await FillAsync(_block, cancellationToken);
            if (!_block.AsSpan().ContainsAnyExcept((byte)0))
                return null;
            var (type, size) = TypeAndSize();
            switch (type)
            {
                case 'x':
                    records = PaxRecords.Read(await MetadataAsync(size, cancellationToken));
                    break;
                case 'g':
                    // Of the whole archive: its date, or the commit it was made of. Read for its mistakes alone.
                    _ = PaxRecords.Read(await MetadataAsync(size, cancellationToken));
                    break;
                case 'L':
                    name = LongName(await MetadataAsync(size, cancellationToken));
                    break;
                case 'K':
                    link = LongName(await MetadataAsync(size, cancellationToken));
                    break;
                default:
                    return Entry(records, name, link);
            }
        }
    }

    /// <summary>Reads of the present entry's content; 0 at its end.</summary>
    public async ValueTask<int> ReadContentAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_content == 0 || buffer.Length == 0)
            return 0;
        var count = await source.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _content)], cancellationToken);
        Count(count);
        _content -= count;
        return count;
    }

    private (char Type, long Size) TypeAndSize()
    {
        var header = new TarHeader(_block);
        return (header.Type, header.Size);
    }

    private ArchiveEntry Entry(PaxRecords records, string? longName, string? longLink)
    {
        var header = new TarHeader(_block);
        var name = records.Name ?? longName ?? header.Name;
        var kind = Kind(header.Type, name);
        // Links and directories may tell a size without having content.
        _content = kind == EntryKind.File ? records.Size ?? header.Size : 0;
        _padding = Padding(_content);
        return new ArchiveEntry(Plain(name), kind)
        {
            Size = _content,
            Mode = header.Mode,
            UserId = records.UserId is { } user ? TarHeader.Id(user) : header.UserId,
            GroupId = records.GroupId is { } group ? TarHeader.Id(group) : header.GroupId,
            ModifiedAt = records.ModifiedAt ?? header.ModifiedAt,
            LinkTarget = kind switch
            {
                EntryKind.SymbolicLink => records.LinkName ?? longLink ?? header.LinkName,
                EntryKind.HardLink => Plain(records.LinkName ?? longLink ?? header.LinkName),
                _ => "",
            },
            Device = kind is EntryKind.CharacterDevice or EntryKind.BlockDevice ? header.Device : default,
            Capability = records.CapabilityBytes,
            Opaque = kind == EntryKind.Directory && records.IsOpaque,
        };
    }

    private static EntryKind Kind(char type, string name) => type switch
    {
        '0' or '7' => name.EndsWith('/') ? EntryKind.Directory : EntryKind.File,
        '1' => EntryKind.HardLink,
        '2' => EntryKind.SymbolicLink,
        '3' => EntryKind.CharacterDevice,
        '4' => EntryKind.BlockDevice,
        '5' => EntryKind.Directory,
        '6' => EntryKind.Fifo,
        'S' => throw new InvalidDataException("it has sparse files, which are not read; make it without --sparse"),
        _ => throw new InvalidDataException($"it has an entry of the unknown kind {(int)type}"),
    };

    private static string Plain(string name)
    {
        while (name.StartsWith("./", StringComparison.Ordinal))
            name = name[2..].TrimStart('/');
        name = name.Length > 1 ? name.TrimEnd('/') : name;
        return name == "." ? "" : name;
    }

    private static string LongName(byte[] text) => TarHeader.Decode(text.AsSpan().TrimEnd((byte)0));

    private async Task<byte[]> MetadataAsync(long size, CancellationToken cancellationToken)
    {
        if (size > MostMetadata)
            throw new InvalidDataException("the header of an entry is longer than 1 MiB");
        var bytes = new byte[size];
        await FillAsync(bytes, cancellationToken);
        await SkipAsync(Padding(size), cancellationToken);
        return bytes;
    }

    private async Task FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = await source.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        Count(count);
        if (count == buffer.Length)
            return;
        IsAtEnd = true;
        throw new InvalidDataException("it is incomplete: it ends in the middle");
    }

    private async Task SkipAsync(long bytes, CancellationToken cancellationToken)
    {
        while (bytes > 0)
        {
            var part = _scratch.AsMemory(0, (int)Math.Min(bytes, _scratch.Length));
            await FillAsync(part, cancellationToken);
            bytes -= part.Length;
        }

        (_content, _padding) = (0, 0);
    }

    private void Count(int bytes)
    {
        _read += bytes;
        if (_read > limit)
            throw new InvalidDataException("it holds more than is allowed");
    }

    private static long Padding(long size) => -size & (TarHeader.BlockBytes - 1);
}
