using System.Formats.Tar;
using System.Text.Json;
using Mayfly.Contracts.Api;

namespace Mayfly.Server.Backups;

/// <summary>Writes the tar archive of a backup, from its beginning to its end, and notes what is in it.</summary>
internal sealed class BackupWriter(Stream target, DateTimeOffset madeAt) : IAsyncDisposable
{
    /// <summary>How the last file is written.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Name of the copy of the database.</summary>
    public const string Database = "database";

    private readonly TarWriter _tar = new(target, TarEntryFormat.Pax, leaveOpen: true);
    private readonly List<BackupEntry> _entries = [];
    private readonly List<BackupGap> _leftOut = [];

    /// <summary>Writes a file and closes it.</summary>
    public async Task AddAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        await using var hashed = new HashedStream(content);
        await _tar.WriteEntryAsync(Entry(name, hashed), cancellationToken);
        // What was announced before must have come: a file that has become shorter would shift all that follows.
        if (hashed.Position != hashed.Length) throw new IOException($"{name} has changed while it was read.");
        _entries.Add(new BackupEntry(name, hashed.Length, hashed.Finish()));
    }

    /// <summary>Notes what is not in it.</summary>
    public void LeaveOut(string name, string why) => _leftOut.Add(new BackupGap(name, why));

    /// <summary>Writes what is in it. Nothing comes after that.</summary>
    public async Task<BackupContents> FinishAsync(string version, string database, CancellationToken cancellationToken)
    {
        var contents = new BackupContents(BackupContents.CurrentFormat, madeAt, version, database, _entries, _leftOut);
        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(contents, Json));
        await _tar.WriteEntryAsync(Entry(BackupContents.FileName, json), cancellationToken);
        await _tar.DisposeAsync();
        return contents;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _tar.DisposeAsync();

    private PaxTarEntry Entry(string name, Stream content) =>
        new(TarEntryType.RegularFile, name) { Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite, ModificationTime = madeAt, DataStream = content };
}
