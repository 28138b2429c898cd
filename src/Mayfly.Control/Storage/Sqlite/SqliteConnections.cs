using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Mayfly.Control.Storage.Sqlite;

/// <summary>
/// Open connections that are used again: each new one would read the whole schema first. The provider's own pool is not used, since it also takes
/// back a connection on which a statement is still being given up, and whoever gets it next fails.
/// </summary>
internal sealed class SqliteConnections(string path) : IDisposable
{
    private const int MostIdle = 16;

    // What is committed survives a power cut, and a busy database is waited for.
    private const string Settings = "PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON;";
    private readonly string _text = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 15, Pooling = false }.ToString();
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private volatile bool _disposed;

    /// <summary>Path of the file.</summary>
    public string Path => path;

    /// <summary>An open connection; to be given back.</summary>
    public SqliteConnection Take()
    {
        if (_idle.TryTake(out var idle)) return idle;
        var made = new SqliteConnection(_text);
        try
        {
            made.Open();
            using var command = made.CreateCommand();
            command.CommandText = Settings;
            command.ExecuteNonQuery();
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>Takes one back; whoever has used it is done with it.</summary>
    public void Return(SqliteConnection connection)
    {
        if (_idle.Count < MostIdle && IsAtRest(connection)) _idle.Add(connection);
        else connection.Dispose();
        // It came back after the end.
        if (_disposed) Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        Clear();
    }

    private void Clear()
    {
        while (_idle.TryTake(out var idle)) idle.Dispose();
    }

    private static bool IsAtRest(SqliteConnection connection)
    {
        if (connection.Handle is not { IsInvalid: false } handle || raw.sqlite3_get_autocommit(handle) == 0) return false;
        for (var statement = raw.sqlite3_next_stmt(handle, null); statement is not null; statement = raw.sqlite3_next_stmt(handle, statement))
        {
            if (raw.sqlite3_stmt_busy(statement) != 0) return false;
        }

        return true;
    }
}
