using Mayfly.Contracts;
using Mayfly.Control.Storage.Postgres;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Mayfly.Control.Storage;

/// <summary>Recognises in what the database has thrown the failures that an administrator can do something about.</summary>
public static class StorageFaults
{
    private const int Full = 13;
    private const int InputOutput = 10;

    /// <summary>The fault that an exception means, or null.</summary>
    public static Fault? Of(Exception? exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (OfOne(inner) is { } fault) return fault;
        }

        return null;
    }

    private static Fault? OfOne(Exception exception) => exception switch
    {
        StorageException told => told.Fault,
        // Some writes beside the database's own file say only that they failed, and not that it was for want of room.
        SqliteException { SqliteErrorCode: Full or InputOutput } => new Fault(
            ErrorCode.HostDiskLow, "The database can not be written.", exception.Message, "Make room on the disk of the data directory. Nothing is lost; try again then."),
        NpgsqlException refused => PostgresFaults.Of(refused),
        _ => null,
    };
}
