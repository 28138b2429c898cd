using System.Diagnostics;
using Npgsql;

namespace Mayfly.TestKit;

/// <summary>
/// A PostgreSQL server of its own in a directory of its own, heard on a unix socket there alone. It goes when it is disposed, or with the
/// process of the tests however that ends. Its databases sort as English does, so that nothing sorts right by luck.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>An account that the server wants a password of.</summary>
    public const string Guarded = "guarded";

    /// <summary>That password.</summary>
    public const string Password = "beehive";

    private const string Programs = "/usr/lib/postgresql";
    private const string Ready = "ready";
    private const string Memory = "/dev/shm";

    // What the largest of tests needs. Containers have a few megabytes.
    private const long MemoryBytes = 2L << 30;

    // It ends when its input does. Nothing has to survive a power cut. The third argument is where the server is of which it is a standby.
    private const string Keeper = """
        set -e
        if [ -n "$3" ]; then
            "$1/pg_basebackup" --host="$3" --username=postgres --pgdata="$2/data" --checkpoint=fast --write-recovery-conf --no-sync >"$2/log" 2>&1
        else
            "$1/initdb" --pgdata="$2/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US --no-sync >"$2/log" 2>&1
            printf '%s\n' "local all guarded scram-sha-256" "local all all trust" "local replication all trust" >"$2/data/pg_hba.conf"
            printf '%s\n' "listen_addresses = ''" "fsync = off" "full_page_writes = off" \
                "max_connections = 400" "shared_buffers = 64MB" "max_wal_size = 2GB" "checkpoint_timeout = 1h" "autovacuum = off" "jit = off" >>"$2/data/postgresql.conf"
        fi
        echo "unix_socket_directories = '$2'" >>"$2/data/postgresql.conf"
        "$1/pg_ctl" --pgdata="$2/data" --log="$2/log" --wait start >/dev/null
        echo ready
        cat >/dev/null
        "$1/pg_ctl" --pgdata="$2/data" --mode=immediate --wait stop >/dev/null || true
        rm -rf "$2"
        """;

    private static readonly Lazy<Task<PostgresServer>> s_shared = new(StartAsync);

    private readonly Process _keeper;
    private readonly string _bin;

    private PostgresServer(Process keeper, string bin, string directory) => (_keeper, _bin, Directory) = (keeper, bin, directory);

    /// <summary>Why there can be no server here, or null.</summary>
    public static string? Lack { get; } = FindPrograms() is null
        ? "PostgreSQL is not installed: there is no initdb in /usr/lib/postgresql."
        : Environment.IsPrivilegedProcess && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "PostgreSQL does not run as root, and there is no account 'postgres'."
            : null;

    /// <summary>Where its socket is, as the host of a connection string.</summary>
    public string Directory { get; }

    /// <summary>The one that tests of this process share.</summary>
    public static Task<PostgresServer> SharedAsync() => s_shared.Value;

    /// <summary>Starts one.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        var server = await LaunchAsync("");
        await server.ExecuteAsync($"CREATE ROLE house LOGIN; CREATE ROLE {Guarded} LOGIN PASSWORD '{Password}';");
        return server;
    }

    /// <summary>Starts a standby of this one. What this one answers as committed is on both then.</summary>
    public async Task<PostgresServer> ReplicateAsync()
    {
        var standby = await LaunchAsync(Directory);
        await ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await ExecuteAsync("SELECT pg_reload_conf()");
        return standby;
    }

    /// <summary>Makes a standby the primary.</summary>
    public Task PromoteAsync() => ControlAsync("promote");

    /// <summary>The connection string of a database. No account but the server's own administrator may do all there.</summary>
    public string ConnectionString(string database, string account = "house") => $"Host={Directory};Username={account};Database={database}";

    /// <summary>Makes a database and gives it to the account of the house.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">More of the statement, such as what it is a copy of.</param>
    public Task CreateDatabaseAsync(string name, string options = "") => ExecuteAsync($"CREATE DATABASE {name} OWNER house {options}");

    /// <summary>Drops a database, whoever uses it.</summary>
    public Task DropDatabaseAsync(string name) => ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");

    /// <summary>Moves a database into another directory, whoever uses it.</summary>
    public async Task MoveAsync(string name, string directory)
    {
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres:postgres", directory);
        await ExecuteAsync($"CREATE TABLESPACE elsewhere LOCATION '{directory}'");
        await ExecuteAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        await ExecuteAsync($"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{name}'");
        await ExecuteAsync($"ALTER DATABASE {name} SET TABLESPACE elsewhere");
        await ExecuteAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS true");
    }

    /// <summary>Runs a statement as the server's administrator.</summary>
    public async Task ExecuteAsync(string statement, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection($"{ConnectionString(database, "postgres")};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Ends it as a crash would: connections break, and what was not committed is gone.</summary>
    public Task CrashAsync() => ControlAsync("--mode=immediate", "stop");

    /// <summary>Starts it again.</summary>
    public Task ResumeAsync() => ControlAsync($"--log={Path.Combine(Directory, "log")}", "start");

    /// <summary>Stops all its processes where they are: connections stay open, and nothing answers.</summary>
    public async Task StallAsync()
    {
        // It alone begins others and sees them off: once it stands still, they are always the same.
        await SignalAsync("-STOP", [Main]);
        await SignalAsync("-STOP", Others());
    }

    /// <summary>Lets them go on.</summary>
    public Task UnstallAsync() => SignalAsync("-CONT", [.. Others(), Main]);

    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
    }

    private static async Task<PostgresServer> LaunchAsync(string primary)
    {
        var (bin, directory) = (FindPrograms()!, MakeDirectory());
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres:postgres", directory);
        var keeper = Process.Start(AsPostgres(["sh", "-c", Keeper, "keeper", bin, directory, primary]))!;
        if (await keeper.StandardOutput.ReadLineAsync() != Ready)
            throw new InvalidOperationException($"PostgreSQL did not start. {await keeper.StandardError.ReadToEndAsync()} {await File.ReadAllTextAsync(Path.Combine(directory, "log"))}");
        return new PostgresServer(keeper, bin, directory);
    }

    // Databases that come and go are hundreds of files each time. ext4 avoids what was just deleted, and would look for free ones most of the time.
    private static string MakeDirectory() =>
        System.IO.Directory.CreateDirectory(
            Path.Combine(System.IO.Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > MemoryBytes ? Memory : Path.GetTempPath(), $"mf-{Guid.NewGuid():N}"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;

    private static string? FindPrograms() => System.IO.Directory.Exists(Programs)
        ? System.IO.Directory.GetDirectories(Programs).Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private Task ControlAsync(params string[] arguments) =>
        RunAsync(AsPostgres([Path.Combine(_bin, "pg_ctl"), $"--pgdata={Path.Combine(Directory, "data")}", "--wait", .. arguments]));

    private string Main => File.ReadLines(Path.Combine(Directory, "data", "postmaster.pid")).First();

    private string[] Others() => File.ReadAllText($"/proc/{Main}/task/{Main}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Task SignalAsync(string signal, string[] processes) => RunAsync("kill", [signal, .. processes]);

    private static ProcessStartInfo AsPostgres(string[] command)
    {
        string[] all = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--", .. command] : command;
        return new ProcessStartInfo(all[0], all[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
    }

    private static Task RunAsync(string program, params string[] arguments) =>
        RunAsync(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true });

    private static async Task RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}. {await process.StandardError.ReadToEndAsync()}");
    }
}
