using Mayfly.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Mayfly.Control.Storage;

/// <summary>All that is different between the databases a house can be kept in.</summary>
public abstract class HouseStore
{
    /// <summary>What kind of database it is, as backups name it.</summary>
    public abstract string Kind { get; }

    /// <summary>How long a write waits for others of this process before it is given up.</summary>
    public virtual TimeSpan WriterPatience => Timeout.InfiniteTimeSpan;

    /// <summary>Says to contexts what kind of database theirs is.</summary>
    public abstract void Configure(DbContextOptionsBuilder options);

    /// <summary>Lends a context what it needs until it is disposed.</summary>
    internal virtual void Connect(MayflyDbContext context)
    {
    }

    /// <summary>Comes before everything else: returns when there is a database to talk to.</summary>
    /// <exception cref="StorageException">There is none.</exception>
    public abstract Task ReachAsync(CancellationToken cancellationToken);

    /// <summary>Brings the schema up to date, and makes sure of what is there. What is begun of it is finished.</summary>
    /// <exception cref="InvalidDataException">The database is damaged.</exception>
    public abstract Task MigrateAsync(MayflyDbContext context);

    /// <summary>Begins a transaction. Until it ends, nobody else writes to the house.</summary>
    public abstract Task<IDbContextTransaction> BeginWriteAsync(MayflyDbContext context, CancellationToken cancellationToken);

    /// <summary>True when the connection in which a context has begun a write is gone.</summary>
    public virtual bool HasLost(MayflyDbContext context) => false;

    /// <summary>Comes last in such a transaction, once everything is written and before it is committed.</summary>
    public virtual Task EndWriteAsync(MayflyDbContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Copies all of it, as it is at one moment, into an empty file; whoever writes meanwhile goes on. Null, or ToolMissing, DatabaseUnavailable.</summary>
    public abstract Task<Fault?> CopyAsync(string file, CancellationToken cancellationToken);

    /// <summary>True when nothing was ever kept in it. Asked instead of <see cref="ReachAsync"/>, before <see cref="RestoreAsync"/>.</summary>
    /// <exception cref="StorageException">There is none.</exception>
    public abstract Task<bool> IsUnusedAsync(CancellationToken cancellationToken);

    /// <summary>Fills one that was never used with a copy of one of its kind: with all of it or nothing. Null, or ToolMissing, BackupUnusable.</summary>
    /// <param name="file">The copy, on the file system of the data directory. It may be moved.</param>
    /// <param name="cancellationToken">Cancels and leaves nothing.</param>
    public abstract Task<Fault?> RestoreAsync(string file, CancellationToken cancellationToken);
}
