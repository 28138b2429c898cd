using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Mayfly.Contracts.Api;

namespace Mayfly.Server.Tests;

public sealed class ScrubTests
{
    private const string Password = "correct-horse-battery";

    [Fact]
    public async Task Log_OfAWholeRun_HoldsNoTicketPasswordCookieOrToken()
    {
        await using var daemon = await Daemon.StartAsync();
        daemon.Host.OnDisplay = _ => throw new InvalidOperationException("A screen that can not be opened.");
        using var local = daemon.Local();
        var secrets = new List<string> { Password, "another-horse-battery", "wrong-horse-battery" };
        var ann = await daemon.SignInAsync("ann", administrator: true, Password);
        secrets.Add(ann.Cookies.GetCookies(daemon.Address)["mayfly"]!.Value);
        await ann.Client.PostAsJsonAsync("/api/v1/login", new LoginRequest("ann", "wrong-horse-battery"));
        await ann.Client.PostAsJsonAsync("/api/v1/me/password", new ChangePasswordRequest(Password, "another-horse-battery"));
        var token = await ReadAsync(await ann.Client.PostAsJsonAsync("/api/v1/tokens", new MakeTokenRequest(Label: "ci")), "token");
        secrets.Add(token);
        secrets.Add(await ReadAsync(await local.PostAsJsonAsync("/api/v1/users", new AddUserRequest("bob")), "generatedPassword"));
        var session = await daemon.OpenAsync(ann, "ann");
        var ticket = await ReadAsync(await ann.Client.PostAsync($"/api/v1/sessions/{session.Id}/display-ticket", null), "ticket");
        secrets.Add(ticket);
        using var program = daemon.Anonymous();
        program.DefaultRequestHeaders.Authorization = new("Bearer", token);
        // In an address, where nobody should write one: the log leaves out what follows the '?'.
        await program.GetAsync($"/api/v1/events?search={token}");
        await program.GetAsync($"/api/v1/display?ticket={ticket}");
        await FailToOpenAsync(daemon, ann, ticket);
        await program.PostAsync("/api/v1/users", new StringContent($"{{\"name\": \"eve\", \"password\": \"{Password}\", \"administrator\": 7}}", null, "application/json"));

        await daemon.LogsAsync("POST /api/v1/users 400");
        await daemon.LogsAsync("/api/v1/display");
        foreach (var secret in secrets)
            daemon.Logs.ShouldNotContain(line => line.Contains(secret, StringComparison.Ordinal), secret);
    }

    [Fact]
    public async Task Addresses_OfAllOperations_TakeNoSecret()
    {
        foreach (var (name, _, _, node) in OpenApiTests.Operations(await OpenApiTests.ReadAsync()))
        {
            var inAddress = (node["parameters"]?.AsArray() ?? []).Where(parameter => parameter!["in"]!.GetValue<string>() is "query" or "path").Select(parameter => parameter!["name"]!.GetValue<string>());
            inAddress.ShouldNotContain(parameter => IsSecret(parameter), name);
        }
    }

    private static bool IsSecret(string parameter) =>
        ((string[])["ticket", "password", "token", "cookie", "secret", "key"]).Any(word => parameter.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static async Task FailToOpenAsync(Daemon daemon, Daemon.Browser browser, string ticket)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", daemon.Origin);
        socket.Options.Cookies = browser.Cookies;
        socket.Options.AddSubProtocol("binary");
        socket.Options.AddSubProtocol($"ticket.{ticket}");
        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://{daemon.Address.Authority}/api/v1/display"), default));
    }

    private static async Task<string> ReadAsync(HttpResponseMessage answer, string property) =>
        (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty(property).GetString()!;
}
