using Mayfly.Control.Storage.Postgres;
using Npgsql;

namespace Mayfly.Control.Leadership;

/// <summary>
/// The one row of the table "leadership": who runs the house, and until when, by the database's clock alone. It is no part of the schema:
/// a server must know whether it may change that before it does, and a restored house has no server yet.
/// </summary>
internal static class LeaseTable
{
    /// <summary>Where it is told that another server has the lease, or none.</summary>
    public const string Channel = "mayfly_leadership";

    /// <summary>Its name.</summary>
    public const string Name = "leadership";

    private const string LockNotAvailable = PostgresErrorCodes.LockNotAvailable;

    // Servers that start at the same moment make it once.
    private static readonly string Make = $"""
        SELECT pg_advisory_xact_lock({PostgresStore.WriterKey} + 1);
        CREATE TABLE IF NOT EXISTS {Name} (
            one boolean PRIMARY KEY CHECK (one), epoch bigint NOT NULL, server text NOT NULL, address text NOT NULL, secret text NOT NULL, until timestamptz NOT NULL);
        INSERT INTO {Name} VALUES (true, 0, '', '', '', 'epoch') ON CONFLICT DO NOTHING
        """;

    private const string Look = $"SELECT epoch, server, address, secret, extract(epoch FROM until - clock_timestamp())::float8 FROM {Name}";

    // No write is under way while the lease changes hands: what the server before has written is to be seen by this one, and nothing comes after.
    private static readonly string Turn = $"SET LOCAL lock_timeout = '1s'; SELECT pg_advisory_xact_lock({PostgresStore.WriterKey})";

    // Its own, of before it was killed, or of before it stepped down and could not say so, a server need not wait for.
    private const string Ended = "(until <= clock_timestamp() OR server = @server)";

    // Time makes epochs go up even where a database was restored that knows none of the last ones.
    private const string Take = $"""
        UPDATE {Name} SET epoch = GREATEST(epoch + 1, extract(epoch FROM clock_timestamp())::bigint), server = @server, address = @address, secret = @secret, until = clock_timestamp() + @length
        WHERE {Ended} RETURNING epoch
        """;

    private static readonly string BreakOff = $"""
        SELECT pg_terminate_backend(pid, 1000) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND ((classid::bigint << 32) | objid::bigint) = {PostgresStore.WriterKey}
        AND EXISTS (SELECT FROM {Name} WHERE {Ended})
        """;

    private const string Shorten = $"UPDATE {Name} SET until = LEAST(until, clock_timestamp() + @length)";

    private const string Extend = $"UPDATE {Name} SET until = clock_timestamp() + @length WHERE epoch = @epoch AND server = @server";

    // The epoch goes up here too: what the server still writes by mistake is refused.
    private const string Free = $"UPDATE {Name} SET epoch = epoch + 1, server = '', address = '', secret = '', until = 'epoch' WHERE epoch = @epoch AND server = @server";

    /// <summary>Makes it, where it is not there yet.</summary>
    public static Task MakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => RunAsync(connection, Make, cancellationToken);

    /// <summary>Who has the lease, null for nobody, and for how long at least if it is not renewed; not more than zero once it has ended.</summary>
    public static async Task<(ActiveServer? Active, TimeSpan Left)> LookAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Look, connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        var (server, address) = (row.GetString(1), row.GetString(2));
        var active = server is "" ? null : new ActiveServer(row.GetInt64(0), server, address is "" ? null : new Uri(address), row.GetString(3));
        return (active, TimeSpan.FromSeconds(row.GetDouble(4)));
    }

    /// <summary>Takes the lease if it has ended, and tells the others. Its epoch, or null when another was faster.</summary>
    public static async Task<long?> TakeAsync(NpgsqlConnection connection, ServerIdentity server, string secret, TimeSpan length, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await RunAsync(connection, Turn, cancellationToken);
            await using var take = Command(connection, Take, ("server", server.Name), ("address", server.Address?.ToString() ?? ""), ("secret", secret), ("length", length));
            if (await take.ExecuteScalarAsync(cancellationToken) is not long epoch) return null;
            await RunAsync(connection, $"NOTIFY {Channel}", cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return epoch;
        }
        catch (PostgresException exception) when (exception.SqlState == LockNotAvailable)
        {
            // Whoever writes has no lease any more, and may stand still in the middle of it: that write is not to be.
            await using var breakOff = Command(connection, BreakOff, ("server", server.Name));
            await breakOff.ExecuteNonQueryAsync(cancellationToken);
            return null;
        }
    }

    /// <summary>Ends a lease no later than a whole one from now on: whoever has it counts no longer. For a clock that was set back.</summary>
    public static async Task ShortenAsync(NpgsqlConnection connection, TimeSpan length, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, Shorten, ("length", length));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Renews it. False when it is another's.</summary>
    public static async Task<bool> RenewAsync(NpgsqlConnection connection, ServerIdentity server, long epoch, TimeSpan length, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, Extend, ("length", length), ("epoch", epoch), ("server", server.Name));
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Gives it up and tells the others; nothing when it is another's already.</summary>
    public static async Task FreeAsync(NpgsqlConnection connection, ServerIdentity server, long epoch, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, Free, ("epoch", epoch), ("server", server.Name));
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 1) await RunAsync(connection, $"NOTIFY {Channel}", cancellationToken);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string text, params (string Name, object Value)[] values)
    {
        var command = new NpgsqlCommand(text, connection);
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
