using System.Net;
using System.Net.Http.Json;
using Mayfly.Contracts.Api;

namespace Mayfly.Server.Tests.Standby;

/// <summary>Real servers over a real database, and what becomes of the house when one of them goes.</summary>
public sealed class TakeoverTests
{
    // Far below a lease: who waits for its end is too late.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterTheLease = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Stop_OfTheActive_AnotherTakesOverAtOnce()
    {
        await using var servers = await TwoServers.StartAsync();
        using (var local = servers.Second.Local()) await local.PostAsync<UserAdded>("users", new AddUserRequest("ann", null, TwoServers.Password, false));
        using var browser = await servers.Second.SignInAsync("ann");
        var epoch = await servers.EpochAsync();

        await servers.StopAsync(servers.First);
        await servers.Second.Process.Serving.WaitAsync(AtOnce, TestContext.Current.CancellationToken);

        (await servers.Second.HealthAsync()).ShouldBe("ok");
        (await servers.EpochAsync()).ShouldBeGreaterThan(epoch);
        (await browser.GetFromJsonAsync<SignInView[]>("/api/v1/me/sign-ins", Daemon.Json, TestContext.Current.CancellationToken))!.ShouldHaveSingleItem().Current.ShouldBeTrue();
        var back = servers.Launch("a");
        await back.Process.StandingBy.WaitAsync(AfterTheLease, TestContext.Current.CancellationToken);
        await servers.AnswersAsync(back);
        (await back.HealthAsync()).ShouldBe("standby");
    }

    [Fact]
    public async Task Kill_OfTheActive_AnotherTakesOverAtTheEndOfTheLease()
    {
        await using var servers = await TwoServers.StartAsync();
        var epoch = await servers.EpochAsync();
        await servers.KillAsync(servers.First);
        using (var client = new HttpClient { BaseAddress = servers.Second.Address })
        using (var answer = await client.GetAsync("/api/v1/me", TestContext.Current.CancellationToken))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.ShouldNotBeNull();
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("NoActiveServer");
        }

        await servers.Second.Process.Serving.WaitAsync(AfterTheLease, TestContext.Current.CancellationToken);
        (await servers.EpochAsync()).ShouldBeGreaterThan(epoch);
        using var local = servers.Second.Local();
        await local.PostAsync<UserAdded>("users", new AddUserRequest("ann", null, TwoServers.Password, false));
    }

    [Fact]
    public async Task Kill_OfTheOnlyOne_StartedAgainItGoesOnAtOnce()
    {
        await using var servers = await TwoServers.StartAsync();
        await servers.StopAsync(servers.Second);
        await servers.KillAsync(servers.First);
        var again = servers.Launch("a");
        await again.Process.Serving.WaitAsync(AtOnce, TestContext.Current.CancellationToken);
        again.Process.StandingBy.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task DataDirectory_SharedByTwo_IsTheActiveServersAlone()
    {
        await using var servers = await TwoServers.StartAsync();
        await servers.StopAsync(servers.Second);
        var third = servers.Launch("c", servers.First.Data, servers.First.Data + "/c.sock");
        await third.Process.StandingBy.WaitAsync(AfterTheLease, TestContext.Current.CancellationToken);
        await servers.AnswersAsync(third);
        await servers.StopAsync(servers.First);
        await third.Process.Serving.WaitAsync(AtOnce, TestContext.Current.CancellationToken);
        File.Exists(servers.First.Data + "/c.sock").ShouldBeTrue();
    }
}
