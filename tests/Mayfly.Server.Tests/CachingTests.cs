using System.Net;
using System.Net.Http.Json;
using Mayfly.Contracts.Api;

namespace Mayfly.Server.Tests;

public sealed class CachingTests
{
    [Fact]
    public async Task Get_WithTheTagOfBefore_IsNotModifiedUntilSomethingChanges()
    {
        await using var daemon = await Daemon.StartAsync();
        using var local = daemon.Local();
        foreach (var path in (string[])["users", "machines", "events?kind=user", "settings", "me"])
        {
            var first = await local.GetAsync($"/api/v1/{path}");
            first.Headers.ETag!.IsWeak.ShouldBeTrue(path);
            var again = await AskAsync(local, path, first.Headers.ETag.ToString());
            again.StatusCode.ShouldBe(HttpStatusCode.NotModified, path);
            (await again.Content.ReadAsStringAsync()).ShouldBeEmpty();
        }

        var before = (await local.GetAsync("/api/v1/users")).Headers.ETag!.ToString();
        (await local.PostAsJsonAsync("/api/v1/users", new AddUserRequest("ann"))).EnsureSuccessStatusCode();
        (await AskAsync(local, "users", before)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Settings_ChangedMeanwhile_AreNotOverwritten()
    {
        await using var daemon = await Daemon.StartAsync();
        using var local = daemon.Local();
        var tag = (await local.GetAsync("/api/v1/settings")).Headers.ETag!.ToString();
        (await PutAsync(local, "settings", new HouseSettings { EventDays = 30 }, tag)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var late = await PutAsync(local, "settings", new HouseSettings { EventDays = 40 }, tag);
        late.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await late.Content.ReadAsStringAsync()).ShouldContain("\"Changed\"");
        (await local.GetFromJsonAsync<HouseSettings>("/api/v1/settings", Daemon.Json))!.EventDays.ShouldBe(30);
        (await PutAsync(local, "settings", new HouseSettings { EventDays = 40 }, null)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task PoolSettings_ChangedMeanwhile_AreNotOverwrittenAndMachinesDoNotCountAsChange()
    {
        await using var daemon = await Daemon.StartAsync();
        using var local = daemon.Local();
        (await local.PostAsJsonAsync("/api/v1/pools", new CreatePoolRequest { Name = "p", Image = "micro", Spare = 1, Maximum = 4 })).EnsureSuccessStatusCode();
        var read = await local.GetAsync("/api/v1/pools/p/settings");
        var settings = (await read.Content.ReadFromJsonAsync<PoolSettings>(Daemon.Json))!;
        (await local.PostAsync("/api/v1/pools/p/machines", null)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var tag = read.Headers.ETag!.ToString();
        (await PutAsync(local, "pools/p/settings", settings with { Maximum = 5 }, tag)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PutAsync(local, "pools/p/settings", settings with { Maximum = 6 }, tag)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, string path, string tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{path}");
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return client.SendAsync(request);
    }

    private static Task<HttpResponseMessage> PutAsync<T>(HttpClient client, string path, T body, string? tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/{path}") { Content = JsonContent.Create(body, options: Daemon.Json) };
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-Match", tag);
        return client.SendAsync(request);
    }
}
