using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mayfly.Contracts.Api;

namespace Mayfly.Server.Tests;

public sealed class IdempotencyKeyTests
{
    [Fact]
    public async Task Post_Twice_IsCarriedOutOnceAndAnsweredAlike()
    {
        await using var daemon = await Daemon.StartAsync();
        using var local = daemon.Local();
        var first = await PostAsync(local, "users", new AddUserRequest("ann"), "k");
        var second = await PostAsync(local, "users", new AddUserRequest("ann"), "k");
        (first.StatusCode, second.StatusCode).ShouldBe((HttpStatusCode.Created, HttpStatusCode.Created));
        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        second.Headers.Location.ShouldBe(first.Headers.Location);
        second.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        first.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
    }

    [Fact]
    public async Task Post_ManyAtOnce_MakesOneThing()
    {
        await using var daemon = await Daemon.StartAsync();
        using var local = daemon.Local();
        (await local.PostAsJsonAsync("/api/v1/pools", new CreatePoolRequest { Name = "p", Image = "micro", Spare = 0, Maximum = 9 })).EnsureSuccessStatusCode();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(local, "pools/p/machines", null, "k")));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Created);
        (await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct().Count().ShouldBe(1);
        daemon.Host.Provisioned.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Post_OfAnotherRequestOrWithABadKey_IsRefused()
    {
        await using var daemon = await Daemon.StartAsync();
        using var local = daemon.Local();
        await PostAsync(local, "users", new AddUserRequest("ann"), "k");
        var other = await PostAsync(local, "users", new AddUserRequest("bob"), "k");
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await other.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("IdempotencyMismatch");
        (await PostAsync(local, "users", new AddUserRequest("bob"), new string('k', 201))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Refusal_Asked_IsGivenAgainAsAProblem()
    {
        await using var daemon = await Daemon.StartAsync();
        using var local = daemon.Local();
        foreach (var _ in (int[])[1, 2])
        {
            var answer = await PostAsync(local, "pools", new CreatePoolRequest { Name = "p", Image = "cold" }, "k");
            answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("ImageNotPublished");
        }
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, object? body, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{path}") { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Daemon.Json) };
        request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }
}
