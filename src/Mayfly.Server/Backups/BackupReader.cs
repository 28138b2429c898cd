using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Backups;

namespace Mayfly.Server.Backups;

/// <summary>
/// Unpacks a backup into a directory of its own and believes nothing of it: names are of the known layout, all are regular files, and all is
/// as the last file says.
/// </summary>
internal sealed class BackupReader(string directory)
{
    private const int MostContentsBytes = 1 << 28;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly Dictionary<string, BackupEntry> _unpacked = [];

    /// <summary>Unpacks it. Faults: BackupUnusable; what was unpacked until then is worthless.</summary>
    /// <exception cref="IOException">It can not be read, or what it holds not be written.</exception>
    public async Task<Outcome<BackupContents>> UnpackAsync(Stream file, CancellationToken cancellationToken)
    {
        try
        {
            await using var tar = new TarReader(file, leaveOpen: true);
            while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                if (entry.EntryType is not TarEntryType.RegularFile) return Unusable($"'{entry.Name}' in it is no regular file.");
                if (entry.Name != BackupContents.FileName)
                {
                    if (await TakeAsync(entry, cancellationToken) is { } refused) return refused;
                    continue;
                }

                if (entry.Length > MostContentsBytes || entry.DataStream is null) return Unusable("What it says of itself can not be read.");
                var contents = await JsonSerializer.DeserializeAsync<BackupContents>(entry.DataStream, BackupWriter.Json, cancellationToken);
                if (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is not null) return Unusable("Something comes after its end.");
                return contents is null ? Unusable("What it says of itself is empty.") : Compare(contents);
            }

            return Unusable("Its end is missing.");
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException or JsonException or FormatException or ArgumentException or OverflowException)
        {
            return Unusable($"It is damaged: {damaged.Message}");
        }
    }

    private async Task<Fault?> TakeAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        if (ModeOf(entry.Name) is not { } mode) return Unusable($"'{entry.Name}' in it is nothing of a backup.");
        var path = Path.Combine(directory, entry.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path)) return Unusable($"'{entry.Name}' is in it twice.");
        await using var target = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        // Whatever the file mode mask is: QEMU's account reads packages.
        File.SetUnixFileMode(target.SafeFileHandle, mode);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await CopyAsync(entry.DataStream ?? Stream.Null, target, hash, cancellationToken);
        target.Flush(flushToDisk: true);
        _unpacked[entry.Name] = new BackupEntry(entry.Name, target.Length, Convert.ToHexStringLower(hash.GetHashAndReset()));
        return null;
    }

    private static async Task CopyAsync(Stream source, FileStream target, IncrementalHash hash, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 17];
        while (await source.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            hash.AppendData(buffer.AsSpan(0, count));
            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }
    }

    private Outcome<BackupContents> Compare(BackupContents contents)
    {
        if (contents.Format != BackupContents.CurrentFormat || !Version.TryParse(contents.Version, out var made) || made > Version.Parse(BackupDesk.Version))
            return new Fault(ErrorCode.BackupUnusable, "The backup is of a newer Mayfly.", $"It is of version {contents.Version}, and this is {BackupDesk.Version}.", "Restore it with that version or a newer one.");
        if (contents.Entries is null || contents.LeftOut is null || contents.Entries.Any(entry => entry is null)) return Unusable("What it says of itself is not complete.");
        if (contents.Entries.FirstOrDefault(entry => _unpacked.GetValueOrDefault(entry.Name ?? "") != entry) is { } wrong) return Unusable($"'{wrong.Name}' is not in it as it was saved.");
        if (_unpacked.Keys.Except(contents.Entries.Select(entry => entry.Name)).FirstOrDefault() is { } extra) return Unusable($"It says nothing of '{extra}', which is in it.");
        return _unpacked.ContainsKey(BackupWriter.Database) ? contents : Unusable("It has no database.");
    }

    private static UnixFileMode? ModeOf(string name) => name == BackupWriter.Database ? OwnerOnly : BackupLayout.ModeOf(name);

    private static Fault Unusable(string why) => new(ErrorCode.BackupUnusable, "The file is not a whole backup of Mayfly.", why, "Nothing was restored. Use another backup.");
}
