using Mayfly.Control.Leadership;
using Mayfly.Control.Storage;
using Mayfly.Control.Storage.Postgres;
using Mayfly.Control.Storage.Sqlite;
using Mayfly.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayfly.Control.Tests;

/// <summary>
/// What houses of tests keep their data in: a file, or with MAYFLY_TEST_DATABASE=postgres a database of a real server. Each directory has
/// its own, which goes with it.
/// </summary>
internal static class TestDatabase
{
    private const string Template = "migrated";
    private const string FileName = "mayfly.db";
    private static readonly Lazy<Task<PostgresServer>> s_server = new(PrepareAsync);
    private static readonly Lazy<Task<byte[]>> s_file = new(PrepareFileAsync);
    private static readonly SemaphoreSlim s_turn = new(1, 1);
    private static readonly Dictionary<string, string> s_names = [];
    private static int s_last;

    /// <summary>True when tests run on PostgreSQL.</summary>
    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("MAYFLY_TEST_DATABASE") == "postgres";

    /// <summary>The options of a house whose directory it is.</summary>
    public static async Task<ControlOptions> OptionsAsync(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (IsPostgres) return new ControlOptions { DatabasePath = path, Database = await OfAsync(directory, $"TEMPLATE {Template} STRATEGY FILE_COPY") };
        if (!File.Exists(path)) await File.WriteAllBytesAsync(path, await s_file.Value);
        return new ControlOptions { DatabasePath = path };
    }

    /// <summary>The options of a house to be, without any tables.</summary>
    public static async Task<ControlOptions> UnusedAsync(string directory) =>
        new() { DatabasePath = Path.Combine(directory, FileName), Database = IsPostgres ? await OfAsync(directory, "") : null };

    /// <summary>Does something to a database without any tables.</summary>
    public static async Task FillAsync(string directory, Func<MayflyDbContext, Task> work) =>
        await UseAsync(IsPostgres ? Open(await OfAsync(directory, "")) : new SqliteStore(Path.Combine(directory, FileName)), (_, context) => work(context));

    private static async Task<string> OfAsync(string directory, string options)
    {
        Assert.SkipWhen(PostgresServer.Lack is not null, PostgresServer.Lack ?? "");
        var server = await s_server.Value;
        await s_turn.WaitAsync();
        try
        {
            foreach (var gone in s_names.Keys.Where(known => !Directory.Exists(known)).ToList())
            {
                await server.DropDatabaseAsync(s_names[gone]);
                s_names.Remove(gone);
            }

            if (!s_names.TryGetValue(directory, out var name))
            {
                await server.CreateDatabaseAsync(name = $"house{++s_last}", options);
                s_names[directory] = name;
            }

            return server.ConnectionString(name);
        }
        finally
        {
            s_turn.Release();
        }
    }

    /// <summary>Migrations take their time: they are made once, and copied.</summary>
    private static async Task<PostgresServer> PrepareAsync()
    {
        var server = await PostgresServer.SharedAsync();
        await server.CreateDatabaseAsync(Template);
        await UseAsync(Open(server.ConnectionString(Template)), MigrateAsync);
        return server;
    }

    private static async Task<byte[]> PrepareFileAsync()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Root, FileName);
        await UseAsync(new SqliteStore(path), MigrateAsync);
        // With its last connection all of it has come into the file.
        return await File.ReadAllBytesAsync(path);
    }

    private static Task MigrateAsync(HouseStore store, MayflyDbContext context) => store.MigrateAsync(context);

    private static async Task UseAsync(HouseStore store, Func<HouseStore, MayflyDbContext, Task> work)
    {
        using ((IDisposable)store)
        {
            await store.ReachAsync(default);
            var contexts = new DbContextOptionsBuilder<MayflyDbContext>();
            store.Configure(contexts);
            await using var context = new MayflyDbContext(contexts.Options);
            store.Connect(context);
            await work(store, context);
        }
    }

    private static PostgresStore Open(string connection) =>
        new(new ControlOptions { DatabasePath = "", Database = connection }, HouseTerm.Alone(), TimeProvider.System, NullLogger<PostgresStore>.Instance);
}
