using System.Net;
using System.Net.Http.Json;
using Mayfly.Contracts.Api;
using Mayfly.HouseKit;
using Mayfly.TestKit;

namespace Mayfly.Server.Tests.Standby;

/// <summary>Real servers over a real database, either of which stands still for a while.</summary>
public sealed class StandstillTests
{
    private static readonly TimeSpan AfterTheLease = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task StandingStill_BeyondTheLease_TheOldServerWritesNothingAndStandsBy()
    {
        await using var servers = await TwoServers.StartAsync();
        Signals.Send(servers.First.Process.ProcessId, Signals.Stop);
        // They lie in its sockets until it goes on.
        var writes = Enumerable.Range(0, 20).Select(number => WriteAsync(servers.First, $"old-{number}")).ToList();
        await servers.Second.Process.Serving.WaitAsync(AfterTheLease, TestContext.Current.CancellationToken);
        var epoch = await servers.EpochAsync();

        Signals.Send(servers.First.Process.ProcessId, Signals.Continue);
        await servers.First.Process.StandingBy.WaitAsync(AfterTheLease, TestContext.Current.CancellationToken);
        var answered = await Task.WhenAll(writes);
        await servers.AnswersAsync(servers.First);

        (await servers.First.HealthAsync()).ShouldBe("standby");
        (await servers.Second.HealthAsync()).ShouldBe("ok");
        (await servers.EpochAsync()).ShouldBe(epoch);
        servers.First.Log.ShouldContain("runs the house no more");
        foreach (var (name, status) in answered)
            (await servers.ScalarAsync($"SELECT count(*) FROM users WHERE \"Name\" = '{name}'")).ShouldBe(status == HttpStatusCode.Created ? 1L : 0L, $"{name}: {status}");
        answered.ShouldContain(one => one.Status != HttpStatusCode.Created);
    }

    [Fact]
    public async Task Database_AwayForTenSeconds_TheActiveServerStaysSo()
    {
        await using var servers = await TwoServers.StartAsync();
        var epoch = await servers.EpochAsync();

        await RenewedAsync();
        await servers.Postgres.CrashAsync();
        await Task.Delay(TimeSpan.FromSeconds(9), TestContext.Current.CancellationToken);
        await servers.Postgres.ResumeAsync();
        await StillAsync();

        await RenewedAsync();
        await servers.Postgres.StallAsync();
        await Task.Delay(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await servers.Postgres.UnstallAsync();
        await StillAsync();

        // Ten seconds from a renewal on: what the term has left at its end is for the database to come up, and for a slow host.
        async Task RenewedAsync()
        {
            var before = await UntilAsync();
            await Eventually.HoldsAsync(async () => !Equals(await UntilAsync(), before), "the term was renewed", 30);
        }

        Task<object?> UntilAsync() => servers.ScalarAsync("SELECT until FROM leadership");

        async Task StillAsync()
        {
            await Eventually.HoldsAsync(async () => (await WriteAsync(servers.Second, $"user-{Guid.NewGuid().ToString("N")[..8]}")).Status == HttpStatusCode.Created, "the house takes writes again", 30);
            (await servers.EpochAsync()).ShouldBe(epoch);
            (await servers.First.HealthAsync()).ShouldBe("ok");
        }
    }

    /// <summary>Adds a user as the administrator of the server's host, and says how that went; 0 without an answer.</summary>
    private static async Task<(string Name, HttpStatusCode Status)> WriteAsync(TwoServers.One server, string name)
    {
        using var client = new HttpClient(LocalApi.Handler(server.Data)) { BaseAddress = new Uri("http://mayflyd"), Timeout = AfterTheLease };
        try
        {
            using var answer = await client.PostAsJsonAsync("/api/v1/users", new AddUserRequest(name, null, TwoServers.Password, false));
            return (name, answer.StatusCode);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (name, 0);
        }
    }
}
