using Mayfly.Control.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Mayfly.Control.Storage;

/// <summary>
/// Opens the database for reading or writing. Writers in this process wait for one another here rather than in SQLite's busy loop,
/// where they would each hold a thread.
/// </summary>
public sealed class HouseDatabase(IDbContextFactory<MayflyDbContext> contexts, SqliteConnections connections, HouseMeters meters, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _writer = new(1, 1);
    private MayflyDbContext? _open;

    /// <summary>A context to read with.</summary>
    public async Task<MayflyDbContext> ReadAsync(CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            var connection = connections.Take();
            context.Database.SetDbConnection(connection);
            context.Released = () => connections.Return(connection);
            return context;
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs <paramref name="work"/> alone, in one transaction that commits when it returns and rolls back when it throws.</summary>
    public async Task<T> WriteAsync<T>(Func<MayflyDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        var started = time.GetTimestamp();
        try
        {
            await using var context = await ReadAsync(cancellationToken);
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var result = await work(context);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            foreach (var follow in context.AfterCommit) follow();
            return result;
        }
        finally
        {
            meters.Wrote(time.GetElapsedTime(started));
            _writer.Release();
        }
    }

    /// <summary>Brings the schema up to date and checks the file. Called once, before anything else uses the database.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        CreatePrivately(connections.Path);
        // Stays open: with the last connection to close, SQLite would move the whole log into the file, each time.
        var context = _open = await ReadAsync(cancellationToken);
        // Kept in the file from then on: readers and the writer do not block one another.
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken);
        // Left by a mayflyd killed while migrating, it would be waited for without end. One mayflyd uses the file: nobody else holds it.
        await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\";", cancellationToken);
        await context.Database.MigrateAsync(CancellationToken.None);
        var verdict = (await context.Database.SqlQueryRaw<string>("SELECT quick_check AS Value FROM pragma_quick_check").ToListAsync(cancellationToken))[0];
        if (verdict != "ok") throw new InvalidDataException($"The database is damaged: {verdict}. Restore it from a copy, or move it away to begin anew.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _open?.Dispose();
        _writer.Dispose();
    }

    /// <summary>The file holds password hashes: only its owner may read it. SQLite gives the files beside it the same rights.</summary>
    private static void CreatePrivately(string path)
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
