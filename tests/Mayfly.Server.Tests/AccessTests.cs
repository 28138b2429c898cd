using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Mayfly.Contracts.Api;

namespace Mayfly.Server.Tests;

public sealed class AccessTests
{
    [Fact]
    public async Task UnixSocket_Connection_IsTheLocalAdministratorAndTheFileIsTheOwnersOnly()
    {
        await using var daemon = await Daemon.StartAsync();
        using var local = daemon.Local();
        var me = (await local.GetFromJsonAsync<MeView>("/api/v1/me", Daemon.Json))!;
        (me.Name, me.Source, me.Permissions.Count).ShouldBe(("local", "host", Enum.GetValues<Permission>().Length));
        File.GetUnixFileMode(daemon.Options.Data.ApiSocket).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Post_WithCookieButWithoutOrForeignOrigin_IsForbidden()
    {
        await using var daemon = await Daemon.StartAsync();
        var browser = await daemon.SignInAsync("ann", administrator: true);
        foreach (var origin in new[] { null, "http://evil.example", "null", daemon.Origin + "0" })
        {
            browser.Client.DefaultRequestHeaders.Remove("Origin");
            if (origin is not null) browser.Client.DefaultRequestHeaders.Add("Origin", origin);
            (await browser.Client.PostAsync("/api/v1/logout", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, origin ?? "none");
        }
    }

    [Fact]
    public async Task Token_Made_ActsForItsUserAndAnUnknownOneForNobody()
    {
        await using var daemon = await Daemon.StartAsync();
        await daemon.SignInAsync("ann", administrator: true);
        using var local = daemon.Local();
        var made = await (await local.PostAsJsonAsync("/api/v1/tokens", new { User = "ann", Label = "ci" })).Content.ReadFromJsonAsync<JsonElement>();
        using var program = daemon.Anonymous();
        program.DefaultRequestHeaders.Authorization = new("Bearer", made.GetProperty("token").GetString());
        (await program.GetFromJsonAsync<MeView>("/api/v1/me", Daemon.Json))!.Name.ShouldBe("ann");
        program.DefaultRequestHeaders.Authorization = new("Bearer", "unknown");
        (await program.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task SignIn_OverOrSignedOut_IsWorthNothing()
    {
        await using var daemon = await Daemon.StartAsync();
        var browser = await daemon.SignInAsync("ann");
        daemon.Time.Advance(TimeSpan.FromHours(9));
        (await browser.Client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var again = await daemon.SignInAsync("ann");
        var cookie = again.Cookies.GetCookieHeader(daemon.Address);
        (await again.Client.PostAsync("/api/v1/logout", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var thief = daemon.Anonymous();
        thief.DefaultRequestHeaders.Add("Cookie", cookie);
        (await thief.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Login_WrongFiveTimes_IsLockedEvenForTheRightPassword()
    {
        await using var daemon = await Daemon.StartAsync();
        await daemon.SignInAsync("ann");
        using var client = daemon.Anonymous();
        for (var i = 0; i < 5; i++)
            (await client.PostAsJsonAsync("/api/v1/login", new LoginRequest("ann", "wrong-password"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await client.PostAsJsonAsync("/api/v1/login", new LoginRequest("ann", "correct-horse"))).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        daemon.Time.Advance(TimeSpan.FromSeconds(31));
        (await client.PostAsJsonAsync("/api/v1/login", new LoginRequest("ann", "correct-horse"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Fault_Answered_IsProblemDetailsWithCodeAndRemedy()
    {
        await using var daemon = await Daemon.StartAsync();
        using var local = daemon.Local();
        var answer = await local.PostAsJsonAsync("/api/v1/pools", new CreatePoolRequest { Name = "p", Image = "cold" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("code").GetString().ShouldBe("ImageNotPublished");
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("remedy").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"spare\":\"many\"}")]
    public async Task Body_Malformed_IsInvalidRequest(string body)
    {
        await using var daemon = await Daemon.StartAsync();
        using var local = daemon.Local();
        var answer = await local.PostAsync("/api/v1/pools", new StringContent(body, Encoding.UTF8, "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("InvalidRequest");
    }

    [Fact]
    public async Task Answer_Any_CarriesSecurityHeaders()
    {
        await using var daemon = await Daemon.StartAsync();
        using var client = daemon.Anonymous();
        var answer = await client.GetAsync("/healthz");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task InstanceLock_Held_IsRefusedToASecond()
    {
        await using var daemon = await Daemon.StartAsync();
        using var first = Hosting.InstanceLock.TryTake(daemon.Options.Data);
        first.ShouldNotBeNull();
        Hosting.InstanceLock.TryTake(daemon.Options.Data).ShouldBeNull();
    }
}
