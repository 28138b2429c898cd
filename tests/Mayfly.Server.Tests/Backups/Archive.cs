using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mayfly.Contracts.Api;
using Mayfly.Server.Backups;

namespace Mayfly.Server.Tests.Backups;

/// <summary>Reads backups, and makes such as no Mayfly makes.</summary>
internal static class Archive
{
    /// <summary>Files of a backup with a database that is none.</summary>
    public static readonly IReadOnlyList<(string Name, string Text)> Usual =
        [("database", "no database"), ("personas/a1.tar.br", "settings"), ("packages/b2/manifest.json", "{}"), ("packages/b2/package.squashfs", "hsqs"), ("volumes/c3/volume.qcow2", "QFI")];

    /// <summary>What is in a backup, by name, in its order.</summary>
    public static async Task<(IReadOnlyList<(string Name, byte[] Content)> Files, BackupContents? Contents)> ReadAsync(Stream stream)
    {
        var files = new List<(string Name, byte[] Content)>();
        await using var tar = new TarReader(stream);
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            using var content = new MemoryStream();
            if (entry.DataStream is not null) await entry.DataStream.CopyToAsync(content);
            files.Add((entry.Name, content.ToArray()));
        }

        return (files, files[^1].Name == BackupContents.FileName ? JsonSerializer.Deserialize<BackupContents>(files[^1].Content, Daemon.Json) : null);
    }

    /// <summary>The list of files as Mayfly would write it.</summary>
    public static BackupContents Contents(params IEnumerable<(string Name, string Text)> files) => new(
        BackupContents.CurrentFormat, DateTimeOffset.UnixEpoch, BackupDesk.Version, "sqlite",
        [.. files.Select(file => new BackupEntry(file.Name, file.Text.Length, Hash(Encoding.ASCII.GetBytes(file.Text))))], []);

    /// <summary>A hash as a backup has it.</summary>
    public static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>An archive of files, and a last one unless it is null.</summary>
    public static byte[] Make(IEnumerable<(string Name, string Text)> files, BackupContents? contents) =>
        Make([.. files.Select(file => File(file.Name, Encoding.ASCII.GetBytes(file.Text))), .. contents is null ? [] : Last(contents)]);

    /// <summary>An archive of entries.</summary>
    public static byte[] Make(params IEnumerable<TarEntry> entries)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var entry in entries) tar.WriteEntry(entry);
        }

        return bytes.ToArray();
    }

    /// <summary>A regular file.</summary>
    public static TarEntry File(string name, byte[] content) => new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) };

    /// <summary>A link.</summary>
    public static TarEntry Link(TarEntryType type, string name, string target) => new PaxTarEntry(type, name) { LinkName = target };

    /// <summary>The last file.</summary>
    public static TarEntry[] Last(BackupContents contents) => [File(BackupContents.FileName, JsonSerializer.SerializeToUtf8Bytes(contents, BackupWriter.Json))];
}
