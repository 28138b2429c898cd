using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Storage;
using Mayfly.Engine.Backups;
using Mayfly.Engine.Hosts;

namespace Mayfly.Server.Backups;

/// <summary>
/// Makes a house of a backup, where there is none: all of it or nothing. It is unpacked and compared beside its place first, and then moved there.
/// </summary>
internal sealed class HouseRestore(DataDirectory data, HouseStore store)
{
    private static readonly string[] Used = [.. BackupLayout.Directories.Keys, "machines", "quarantine"];

    private string Staging => Path.Combine(data.Root, ".restoring");

    /// <summary>Restores a file. Faults: AlreadyExists where there is a house, BackupUnusable, ToolMissing.</summary>
    /// <exception cref="IOException">The file can not be read, or the data directory not be written.</exception>
    public async Task<Outcome<BackupContents>> RunAsync(string file, CancellationToken cancellationToken)
    {
        await using var backup = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 17, FileOptions.Asynchronous | FileOptions.SequentialScan);
        if (await OccupiedAsync(cancellationToken) is { } occupied) return occupied;
        // Left by one that was killed.
        RemoveStaging();
        Directory.CreateDirectory(Staging, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            if (!(await new BackupReader(Staging).UnpackAsync(backup, cancellationToken)).TryGet(out var contents, out var damaged)) return damaged;
            if (contents.Database != store.Kind) return Foreign(contents.Database);
            return await PlaceAsync(cancellationToken) is { } fault ? fault : contents;
        }
        finally
        {
            RemoveStaging();
        }
    }

    private async Task<Fault?> OccupiedAsync(CancellationToken cancellationToken)
    {
        if (Used.Select(name => Path.Combine(data.Root, name)).FirstOrDefault(path => Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()) is { } used)
            return Occupied($"There is something in {used}.");
        return await store.IsUnusedAsync(cancellationToken) ? null : Occupied("There is a database.");
    }

    /// <summary>The database comes last: until it is there, there is no house. What was moved before is moved back when it fails.</summary>
    private async Task<Fault?> PlaceAsync(CancellationToken cancellationToken)
    {
        var moved = new Stack<string>();
        var done = false;
        try
        {
            foreach (var (name, mode) in BackupLayout.Directories.Where(directory => Directory.Exists(Path.Combine(Staging, directory.Key))))
            {
                File.SetUnixFileMode(Path.Combine(Staging, name), mode);
                if (Directory.Exists(Path.Combine(data.Root, name))) Directory.Delete(Path.Combine(data.Root, name));
                Directory.Move(Path.Combine(Staging, name), Path.Combine(data.Root, name));
                moved.Push(name);
            }

            var fault = await store.RestoreAsync(Path.Combine(Staging, BackupWriter.Database), cancellationToken);
            done = fault is null;
            return fault;
        }
        finally
        {
            if (!done)
            {
                foreach (var name in moved) Directory.Move(Path.Combine(data.Root, name), Path.Combine(Staging, name));
            }
        }
    }

    private void RemoveStaging()
    {
        if (Directory.Exists(Staging)) Directory.Delete(Staging, recursive: true);
    }

    private Fault Foreign(string kind) => new(
        ErrorCode.BackupUnusable, "The backup is of another kind of database.", $"It has one of {kind}, and this house is to have one of {store.Kind}.",
        kind == "postgresql" ? "Name an empty database of a PostgreSQL server with --database." : "Leave --database and MAYFLY_DATABASE away.");

    private Fault Occupied(string why) => new(
        ErrorCode.AlreadyExists, "A backup is restored only where there is no house yet.", why, $"Move {data.Root} away, or name another directory with --data; a database must be a new one.");
}
