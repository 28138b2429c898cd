using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Backups;
using Mayfly.Control.Events;
using Mayfly.Control.Storage;
using Mayfly.Control.Volumes;
using Mayfly.Engine.Backups;
using Mayfly.Engine.Hosts;
using Mayfly.Server.Hosting;

namespace Mayfly.Server.Backups;

/// <summary>
/// Makes backups of the house, one at a time: the database as it is at one moment, then the files it tells of, and last the list of all that.
/// </summary>
internal sealed class BackupDesk(
    HouseStore store, BackupInventory inventory, VolumeBook volumes, EventLog events, ServerOptions options, TimeProvider time) : IDisposable
{
    private const string Gone = "It is not on this host, or was removed while the backup was made.";
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly DataDirectory _data = options.Data;
    private readonly BackedUpFiles _files = new(options.Data);

    /// <summary>Version of this Mayfly, as backups have it.</summary>
    public static string Version { get; } = typeof(BackupDesk).Assembly.GetName().Version!.ToString(3);

    /// <summary>Copies the database. The rest is read when the backup is written. Faults: Busy, ToolMissing, DatabaseUnavailable.</summary>
    public async Task<Outcome<Backup>> BeginAsync(string actor, CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(TimeSpan.Zero, cancellationToken)) return new Fault(ErrorCode.Busy, "Another backup is being made.", null, "Wait until it has ended.");
        Backup? backup = null;
        try
        {
            // Written down in the copy too: whoever looks at a restored house sees where it comes from.
            await events.RecordAsync(new HouseEvent(EventKinds.BackupBegun, "A backup of the house is being made.", actor), cancellationToken);
            var (begun, before) = (time.GetUtcNow(), await inventory.ReadAsync(cancellationToken));
            if (!(await CopyDatabaseAsync(cancellationToken)).TryGet(out var copy, out var fault)) return fault;
            backup = new Backup(actor, begun, before, copy, this);
            return backup;
        }
        finally
        {
            if (backup is null) _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<Outcome<Stream>> CopyDatabaseAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_data.Cache);
        var path = Path.Combine(_data.Cache, "backup.new");
        // Left by a mayflyd that was killed.
        File.Delete(path);
        try
        {
            await using (new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
            {
            }

            if (await store.CopyAsync(path, cancellationToken) is { } fault) return fault;
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Delete, 0, FileOptions.Asynchronous);
        }
        finally
        {
            // Only the open stream leads to it from here on.
            File.Delete(path);
        }
    }

    private async Task WriteAsync(Backup backup, BackupWriter archive, CancellationToken cancellationToken)
    {
        await archive.AddAsync(BackupWriter.Database, backup.Database, cancellationToken);
        // What was there before the copy and what is there after it: the copy tells of nothing else.
        var files = backup.Before.With(await inventory.ReadAsync(cancellationToken));
        foreach (var id in files.Personas) await AddAsync(archive, $"personas/{id}", _files.OpenPersona(id), cancellationToken);
        foreach (var id in files.Packages) await AddAsync(archive, $"packages/{id}", _files.OpenPackage(id), cancellationToken);
        foreach (var id in files.Volumes)
        {
            if ((await volumes.OpenAsync(id, cancellationToken)).TryGet(out var copy, out var fault)) await archive.AddAsync(BackupLayout.Volume(id), copy, cancellationToken);
            else archive.LeaveOut($"volumes/{id}", fault.Code == ErrorCode.NotFound ? Gone : string.Join(' ', new[] { fault.What, fault.Why }.OfType<string>()));
        }

        foreach (var name in files.KeptMachines) archive.LeaveOut($"machines/{name}", "Disks of machines are in no backup.");
        foreach (var name in files.Images) archive.LeaveOut($"images/{name}", "Images are in no backup: copy them, or build or import them again.");
        var contents = await archive.FinishAsync(Version, store.Kind, cancellationToken);
        await events.RecordAsync(Made(contents, backup.Actor), cancellationToken);
    }

    private static async Task AddAsync(BackupWriter archive, string name, IReadOnlyList<BackedUpFile> files, CancellationToken cancellationToken)
    {
        try
        {
            if (files.Count == 0) archive.LeaveOut(name, Gone);
            foreach (var file in files) await archive.AddAsync(file.Name, file.Content, cancellationToken);
        }
        finally
        {
            foreach (var file in files) await file.Content.DisposeAsync();
        }
    }

    private static HouseEvent Made(BackupContents contents, string actor) => new(
        EventKinds.BackupMade, $"A backup of the house was made: {contents.Entries.Count} files of {contents.Entries.Sum(entry => entry.Bytes)} bytes, {contents.LeftOut.Count} things left out.", actor);

    /// <summary>A backup whose database is copied. Others wait until it is disposed.</summary>
    internal sealed class Backup(string actor, DateTimeOffset begun, HouseFiles before, Stream database, BackupDesk desk) : IAsyncDisposable
    {
        public string Actor => actor;

        public Stream Database => database;

        public HouseFiles Before => before;

        /// <summary>Writes it. What is written until a failure is no backup: its last file is missing.</summary>
        public async Task WriteAsync(Stream target, CancellationToken cancellationToken)
        {
            // Not disposed when it fails: that would write the mark of an archive's end.
            var archive = new BackupWriter(target, begun);
            await desk.WriteAsync(this, archive, cancellationToken);
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await database.DisposeAsync();
            desk._turn.Release();
        }
    }
}
