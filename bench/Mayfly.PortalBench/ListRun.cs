using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Serialization;
using Mayfly.Control.Machines;
using Mayfly.Control.Pools;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.PortalBench;

/// <summary>
/// The list of ten thousand machines through the REST API, one page, from the request to the last byte. The machines are rows alone, put
/// into the database of a mayflyd with a data directory of its own: failed ones of a pool that makes none, which nobody tries to repair.
/// </summary>
internal static class ListRun
{
    private const int Machines = 10_000;
    private const int WarmUps = 5;
    private const string Pool = "list";

    public static async Task<IReadOnlyList<Measure>> RunAsync(string data, int count)
    {
        if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
        var (values, bytes) = (new List<double>(), 0L);
        await using (var daemon = await Daemon.StartAsync(data))
        {
            await FillAsync(data);
            using var http = await SignedInAsync(data, daemon.Address);
            for (var i = 0; i < WarmUps + count; i++)
            {
                var started = Stopwatch.GetTimestamp();
                var answer = await http.GetByteArrayAsync($"machines?limit={Machines}");
                if (i >= WarmUps) values.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                bytes = answer.Length;
            }

            using var api = new LocalApi(data);
            (await api.MachinesAsync()).Count.ShouldBe(Machines);
        }

        Directory.Delete(data, recursive: true);
        return
        [
            Measure.Of($"list of {Machines:N0} machines, one page", "ms", values),
            Measure.Of($"list of {Machines:N0} machines, size", "MB", [bytes / 1e6]),
        ];
    }

    private static async Task FillAsync(string data)
    {
        var options = new DbContextOptionsBuilder<MayflyDbContext>().UseSqlite($"Data Source={Path.Combine(data, "mayfly.db")};Pooling=False").Options;
        await using var context = new MayflyDbContext(options);
        context.Pools.Add(new PoolRow
        {
            Name = Pool,
            Image = "micro",
            Version = "v1",
            Assignment = PoolAssignment.Floating,
            Provisioning = ProvisioningKind.Instant,
            NamePattern = "list-{n}",
            Settings = new PoolSettings { Maximum = Machines, Spare = 0, ProvisioningEnabled = false },
            CreatedAt = DateTimeOffset.UnixEpoch,
        });
        for (var number = 1; number <= Machines; number++)
            context.Entry(Row(number)).State = EntityState.Added;
        foreach (var entry in context.ChangeTracker.Entries<MachineRow>()) entry.Property(row => row.State).CurrentValue = MachineState.ProvisioningError;
        await context.SaveChangesAsync();
    }

    private static MachineRow Row(int number) => new()
    {
        Id = $"{number:x32}",
        Name = $"list-{number}",
        Pool = Pool,
        Image = "micro",
        Version = "v1",
        CreatedAt = DateTimeOffset.UnixEpoch.AddSeconds(number),
        RefreshedAt = DateTimeOffset.UnixEpoch.AddSeconds(number),
        Address = $"10.64.{number / 256}.{number % 256}",
        Mac = $"52:54:00:00:{number / 256:x2}:{number % 256:x2}",
        ProcessId = number,
        ShellReady = true,
        RunningMs = 12.5,
        ReadyMs = 250.5,
        FailedAttempts = 3,
    };

    private static async Task<HttpClient> SignedInAsync(string data, Uri address)
    {
        using var api = new LocalApi(data);
        var added = await api.PostAsync<UserAdded>("users", new AddUserRequest("lister", Administrator: true));
        var token = await api.PostAsync<Token>("tokens", new { User = added.User.Name, Label = "bench" });
        var http = new HttpClient { BaseAddress = new Uri(address, "api/v1/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        return http;
    }

    private sealed record Token([property: JsonPropertyName("token")] string Value);
}
