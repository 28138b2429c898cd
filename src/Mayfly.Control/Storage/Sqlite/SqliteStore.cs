using Mayfly.Contracts;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Mayfly.Control.Storage.Sqlite;

/// <summary>The house in one file. Writers of this process wait for one another before they come here; there is no other process.</summary>
internal sealed class SqliteStore(string path) : HouseStore, IDisposable
{
    private readonly SqliteConnections _connections = new(path);
    private SqliteConnection? _open;

    /// <inheritdoc/>
    public override string Kind => "sqlite";

    /// <inheritdoc/>
    public override void Configure(DbContextOptionsBuilder options) => options.UseSqlite();

    /// <inheritdoc/>
    public override async Task ReachAsync(CancellationToken cancellationToken)
    {
        CreatePrivately();
        // Stays open: with the last connection to close, SQLite would move the whole log into the file, each time.
        _open = _connections.Take();
        await using var command = _open.CreateCommand();
        // Kept in the file from then on: readers and the writer do not block one another.
        command.CommandText = "PRAGMA journal_mode=WAL;";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task MigrateAsync(MayflyDbContext context)
    {
        // Left by a mayflyd killed while migrating, it would be waited for without end. One mayflyd uses the file: nobody else holds it.
        await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\";");
        await context.Database.MigrateAsync();
        var verdict = (await context.Database.SqlQueryRaw<string>("SELECT quick_check AS Value FROM pragma_quick_check").ToListAsync())[0];
        if (verdict != "ok") throw new InvalidDataException($"The database is damaged: {verdict}. Restore it from a copy, or move it away to begin anew.");
    }

    /// <inheritdoc/>
    public override Task<IDbContextTransaction> BeginWriteAsync(MayflyDbContext context, CancellationToken cancellationToken) =>
        context.Database.BeginTransactionAsync(cancellationToken);

    /// <inheritdoc/>
    public override async Task<Fault?> CopyAsync(string file, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        // It reads in one transaction, and writers of a log do not wait for readers.
        command.CommandText = "VACUUM INTO $file";
        command.Parameters.AddWithValue("$file", file);
        // The provider does all at once on the thread it is called on.
        await Task.Run(command.ExecuteNonQuery, cancellationToken);
        return null;
    }

    /// <inheritdoc/>
    public override Task<bool> IsUnusedAsync(CancellationToken cancellationToken) =>
        // A log that is left without its database would be read into the next one.
        Task.FromResult(!File.Exists(path) && !File.Exists(path + "-wal") && !File.Exists(path + "-shm"));

    /// <inheritdoc/>
    public override Task<Fault?> RestoreAsync(string file, CancellationToken cancellationToken)
    {
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(file, path);
        return Task.FromResult<Fault?>(null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _open?.Dispose();
        _connections.Dispose();
    }

    /// <inheritdoc/>
    internal override void Connect(MayflyDbContext context)
    {
        var connection = _connections.Take();
        context.Database.SetDbConnection(connection);
        context.Released = () => _connections.Return(connection);
    }

    /// <summary>The file holds password hashes: only its owner may read it. SQLite gives the files beside it the same rights.</summary>
    private void CreatePrivately()
    {
        using var created = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }
}
