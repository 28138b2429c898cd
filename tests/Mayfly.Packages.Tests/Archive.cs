using System.Formats.Tar;
using System.Text;

namespace Mayfly.Packages.Tests;

/// <summary>Writes archives of all kinds of content.</summary>
internal sealed class Archive : IDisposable
{
    private readonly TarWriter _writer;

    public Archive(string path, TarEntryFormat format = TarEntryFormat.Pax)
    {
        Path = path;
        _writer = new TarWriter(System.IO.File.Create(path), format);
        Format = format;
    }

    public string Path { get; }

    private TarEntryFormat Format { get; }

    public static DateTimeOffset Time { get; } = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    /// <summary>An archive with a little of everything that is fine.</summary>
    public static string Plain(string path)
    {
        using var archive = new Archive(path);
        archive.Directory("usr").Directory("usr/bin").File("usr/bin/hello", "hello").Link("usr/bin/hi", "hello").File("etc/hello.conf", "greeting=1").File("opt/hello/data", "data");
        return path;
    }

    public Archive Directory(string name, bool opaque = false, UnixFileMode mode = (UnixFileMode)0b111_101_101) =>
        Add(TarEntryType.Directory, name, mode: mode, records: opaque ? new() { ["SCHILY.xattr.trusted.overlay.opaque"] = "y" } : null);

    public Archive File(string name, string content = "", UnixFileMode mode = (UnixFileMode)0b110_100_100, byte[]? capability = null) => Add(
        TarEntryType.RegularFile, name, Encoding.UTF8.GetBytes(content), mode: mode,
        records: capability is null ? null : new() { ["LIBARCHIVE.xattr.security.capability"] = Convert.ToBase64String(capability) });

    public Archive Bytes(string name, byte[] content) => Add(TarEntryType.RegularFile, name, content);

    public Archive Link(string name, string target) => Add(TarEntryType.SymbolicLink, name, link: target);

    public Archive HardLink(string name, string target) => Add(TarEntryType.HardLink, name, link: target);

    public Archive Whiteout(string name) => Device(name, 0, 0);

    public Archive Device(string name, int major, int minor, TarEntryType type = TarEntryType.CharacterDevice) => Add(type, name, major: major, minor: minor);

    public Archive Pipe(string name) => Add(TarEntryType.Fifo, name);

    public void Dispose() => _writer.Dispose();

    private Archive Add(
        TarEntryType type, string name, byte[]? content = null, string? link = null, UnixFileMode mode = (UnixFileMode)0b110_100_100,
        Dictionary<string, string>? records = null, int major = 0, int minor = 0)
    {
        PosixTarEntry entry = Format switch
        {
            TarEntryFormat.Pax => new PaxTarEntry(type, name, records ?? []),
            TarEntryFormat.Gnu => new GnuTarEntry(type, name),
            _ => new UstarTarEntry(type, name),
        };
        entry.Mode = mode;
        entry.ModificationTime = Time;
        if (link is not null)
            entry.LinkName = link;
        if (content is not null)
            entry.DataStream = new MemoryStream(content);
        if (type is TarEntryType.CharacterDevice or TarEntryType.BlockDevice)
            (entry.DeviceMajor, entry.DeviceMinor) = (major, minor);
        _writer.WriteEntry(entry);
        return this;
    }
}
