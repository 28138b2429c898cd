using Npgsql;

namespace Mayfly.Control.Storage.Postgres;

/// <summary>How mayflyd connects to PostgreSQL. What the connection string says wins.</summary>
public static class PostgresSettings
{
    private static readonly Dictionary<string, object> s_defaults = new()
    {
        ["Application Name"] = "mayflyd",
        ["Maximum Pool Size"] = 32,
        ["Timeout"] = 10,
        ["Command Timeout"] = 15,
        ["TCP Keepalive"] = true,
        ["Enlist"] = false,
        // A mayflyd that stands still within its turn to write, or whose host is gone, does not keep the others waiting for long.
        ["Options"] = "-c idle_in_transaction_session_timeout=30s -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3",
    };

    private const string Form = "Give \"Host=...;Username=...;Database=...\".";
    private const int KeepAliveSeconds = 10;

    /// <summary>Reads a connection string. It is told in no message: it may hold a password.</summary>
    /// <exception cref="FormatException">It is none; the message is for the user.</exception>
    public static string Read(string text)
    {
        var settings = Parse(text);
        if (string.IsNullOrEmpty(settings.Host) || string.IsNullOrEmpty(settings.Database))
            throw new FormatException($"The connection string of the database names no host or no database. {Form}");
        foreach (var (key, value) in s_defaults)
        {
            if (!settings.ShouldSerialize(key)) settings[key] = value;
        }

        return settings.ConnectionString;
    }

    /// <summary>The same for one connection that only listens: it is not lent to others, and finds out by itself when it is lost.</summary>
    internal static string ForListening(string settings) =>
        new NpgsqlConnectionStringBuilder(settings) { Pooling = false, KeepAlive = KeepAliveSeconds }.ConnectionString;

    /// <summary>The same for one connection of which each attempt ends after a time, and without asking the server, which may stand still, to end it.</summary>
    internal static string ForAttempts(string settings, TimeSpan attempt)
    {
        var seconds = Math.Max(1, (int)attempt.TotalSeconds);
        return new NpgsqlConnectionStringBuilder(ForListening(settings)) { Timeout = seconds, CommandTimeout = seconds, CancellationTimeout = -1 }.ConnectionString;
    }

    private static NpgsqlConnectionStringBuilder Parse(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            throw new FormatException($"The connection string of the database can not be read. {exception.Message} {Form}", exception);
        }
    }
}
