using Mayfly.Contracts;
using Mayfly.Control.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Mayfly.Control.Storage;

/// <summary>
/// Opens the database for reading or writing. Writers in this process wait for one another here rather than in the database, where they
/// would each hold a thread or a connection.
/// </summary>
public sealed class HouseDatabase(IDbContextFactory<MayflyDbContext> contexts, HouseStore store, HouseMeters meters, TimeProvider time) : IDisposable
{
    private static readonly Fault TooManyWaiting = new(
        ErrorCode.DatabaseUnavailable, "The database does not take what is written fast enough.", "Other writes were waited for in vain.", "Try again. If it stays so, look at the database server.");

    private static readonly Fault Lost = new(
        ErrorCode.DatabaseUnavailable, "The connection to the database was lost.", "The database server ended it, or can not be reached.", "Nothing is lost; it goes on by itself once the server answers.");

    private readonly SemaphoreSlim _writer = new(1, 1);
    private bool _prepared;

    /// <summary>A context to read with.</summary>
    public async Task<MayflyDbContext> ReadAsync(CancellationToken cancellationToken)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            store.Connect(context);
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
        if (!await _writer.WaitAsync(store.WriterPatience, cancellationToken)) throw new StorageException(TooManyWaiting);
        var started = time.GetTimestamp();
        try
        {
            await using var context = await ReadAsync(cancellationToken);
            await using var transaction = await store.BeginWriteAsync(context, cancellationToken);
            var result = await CommitAsync(work, context, transaction, cancellationToken);
            foreach (var follow in context.AfterCommit) follow();
            return result;
        }
        finally
        {
            meters.Wrote(time.GetElapsedTime(started));
            _writer.Release();
        }
    }

    /// <summary>Writes what nobody is to be refused for, such as that something was used: left out while the database can not be written.</summary>
    public async Task NoteAsync(Func<MayflyDbContext, Task<int>> work, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(work, cancellationToken);
        }
        catch (Exception exception) when (StorageFaults.Of(exception) is not null)
        {
            // Everything else that is written fails too, and tells of it.
        }
    }

    /// <summary>Brings the schema up to date and checks the database, the first time. Called before anything else uses it.</summary>
    /// <exception cref="InvalidDataException">The database is damaged.</exception>
    /// <exception cref="StorageException">There is no database that can be used.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_prepared) return;
        await store.ReachAsync(cancellationToken);
        await using var context = await ReadAsync(cancellationToken);
        await store.MigrateAsync(context);
        _prepared = true;
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private async Task<T> CommitAsync<T>(Func<MayflyDbContext, Task<T>> work, MayflyDbContext context, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            var result = await work(context);
            await context.SaveChangesAsync(cancellationToken);
            await store.EndWriteAsync(context, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        catch (InvalidOperationException exception) when (StorageFaults.Of(exception) is null && store.HasLost(context))
        {
            // A connection that broke between two statements is told of as if the transaction had been ended here.
            throw new StorageException(Lost, exception);
        }
    }
}
