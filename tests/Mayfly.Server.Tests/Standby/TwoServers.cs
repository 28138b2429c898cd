using System.Net;
using System.Net.Http.Json;
using Mayfly.Contracts.Api;
using Mayfly.HouseKit;
using Mayfly.TestKit;
using Npgsql;
using Process = Mayfly.HouseKit.Daemon;

namespace Mayfly.Server.Tests.Standby;

/// <summary>Two mayflyds as processes over one PostgreSQL server: the first is active, the other stands by.</summary>
internal sealed class TwoServers : IAsyncDisposable
{
    public const string Password = "correct-horse";
    private const string Database = "house";

    private readonly TemporaryDirectory _directory = new();
    private readonly List<One> _all = [];
    private readonly HashSet<One> _gone = [];

    private TwoServers(PostgresServer postgres) => Postgres = postgres;

    public PostgresServer Postgres { get; }

    public One First => _all[0];

    public One Second => _all[1];

    public static async Task<TwoServers> StartAsync()
    {
        Assert.SkipWhen(PostgresServer.Lack is not null, PostgresServer.Lack ?? "");
        var postgres = await PostgresServer.StartAsync();
        await postgres.CreateDatabaseAsync(Database);
        var servers = new TwoServers(postgres);
        await servers.Launch("a").Process.Serving.WaitAsync(TimeSpan.FromSeconds(60));
        await servers.Launch("b").Process.StandingBy.WaitAsync(TimeSpan.FromSeconds(60));
        await servers.AnswersAsync(servers.Second);
        return servers;
    }

    /// <summary>Starts another one.</summary>
    public One Launch(string name, string? data = null, string? socket = null)
    {
        var (directory, address) = (data ?? Path.Combine(_directory.Root, name), new Uri($"http://127.0.0.1:{Ports.Free()}"));
        var settings = new DaemonSettings
        {
            Listen = address.Authority,
            Advertise = address.ToString(),
            Database = Postgres.ConnectionString(Database),
            Socket = socket,
            LogDirectory = Directory.CreateDirectory(Path.Combine(_directory.Root, "log-" + name)).FullName,
            StopMachines = false,
        };
        var one = new One(Process.Launch(directory, settings), directory, address);
        _all.Add(one);
        return one;
    }

    /// <summary>Asks one to stop and waits until it has.</summary>
    public async Task StopAsync(One server)
    {
        _gone.Add(server);
        await server.Process.DisposeAsync();
    }

    /// <summary>Ends one as a crash would.</summary>
    public async Task KillAsync(One server)
    {
        _gone.Add(server);
        await server.Process.KillAsync();
    }

    /// <summary>Returns once a server answers, itself or by another.</summary>
    public Task AnswersAsync(One server) => Eventually.HoldsAsync(async () => await server.HealthAsync() is not null, $"{server.Address} answers", 60);

    /// <summary>The term, as the database has it.</summary>
    public async Task<long> EpochAsync() => (long)(await ScalarAsync("SELECT epoch FROM leadership"))!;

    public async Task<object?> ScalarAsync(string query)
    {
        await using var connection = new NpgsqlConnection($"{Postgres.ConnectionString(Database)};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(query, connection);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _all.Except(_gone)) await one.Process.KillAsync();
        await Postgres.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>One of them.</summary>
    internal sealed record One(Process Process, string Data, Uri Address)
    {
        public string Origin => Address.GetLeftPart(UriPartial.Authority);

        public string Log => File.ReadAllText(Process.LogPath);

        /// <summary>This host's administrator.</summary>
        public LocalApi Local() => new(Data);

        /// <summary>What a load balancer is told; null when nothing good.</summary>
        public async Task<string?> HealthAsync()
        {
            using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
            try
            {
                using var answer = await client.GetAsync("/healthz");
                return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : null;
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                return null;
            }
        }

        /// <summary>A browser in which a user has signed in here.</summary>
        public async Task<HttpClient> SignInAsync(string user)
        {
            var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = Address };
            client.DefaultRequestHeaders.Add("Origin", Origin);
            (await client.PostAsJsonAsync("/api/v1/login", new LoginRequest(user, Password))).StatusCode.ShouldBe(HttpStatusCode.OK);
            return client;
        }
    }
}
