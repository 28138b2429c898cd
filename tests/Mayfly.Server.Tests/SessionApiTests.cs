using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Mayfly.Contracts.Api;
using Mayfly.Server.Displays;

namespace Mayfly.Server.Tests;

/// <summary>Sessions over the API: whose they are, and what their displays tell.</summary>
public sealed class SessionApiTests
{
    [Fact]
    public async Task EveryRoute_ForeignOrUnknownSession_IsAnsweredAlike()
    {
        await using var daemon = await Daemon.StartAsync();
        var (ann, eve) = (await daemon.SignInAsync("ann"), await daemon.SignInAsync("eve"));
        var session = await daemon.OpenAsync(ann, "ann");
        foreach (var (method, path) in new[] { ("GET", ""), ("DELETE", ""), ("POST", "/disconnect"), ("POST", "/display-ticket"), ("PUT", "/first-frame"), ("DELETE", "/message"), ("POST", "/message") })
        {
            var (foreign, unknown) = (await SendAsync(eve, method, session.Id + path), await SendAsync(eve, method, "unknown" + path));
            foreign.StatusCode.ShouldBe(path == "/message" && method == "POST" ? HttpStatusCode.Forbidden : HttpStatusCode.NotFound, method + path);
            (foreign.StatusCode, await BodyAsync(foreign)).ShouldBe((unknown.StatusCode, await BodyAsync(unknown)), method + path);
        }

        (await ann.Client.GetFromJsonAsync<SessionView>($"/api/v1/sessions/{session.Id}", Daemon.Json))!.EndedAt.ShouldBeNull();
        (await eve.Client.GetAsync("/api/v1/sessions")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await eve.Client.GetAsync("/api/v1/users/ann/person")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task HelpDesk_OfOnePool_SeesAndHandlesItsSessionsOnly()
    {
        await using var daemon = await Daemon.StartAsync();
        var ann = await daemon.SignInAsync("ann");
        var session = await daemon.OpenAsync(ann, "ann");
        using var local = daemon.Local();
        (await local.PostAsJsonAsync("/api/v1/pools", new CreatePoolRequest { Name = "q", Image = "micro", Spare = 0, Maximum = 4 })).EnsureSuccessStatusCode();
        var (near, far) = (await daemon.SignInAsync("near"), await daemon.SignInAsync("far"));
        (await local.PostAsJsonAsync("/api/v1/roles", new GrantRoleRequest(Role.HelpDesk, "near", null, "p"), Daemon.Json)).EnsureSuccessStatusCode();
        (await local.PostAsJsonAsync("/api/v1/roles", new GrantRoleRequest(Role.HelpDesk, "far", null, "q"), Daemon.Json)).EnsureSuccessStatusCode();
        (await PageAsync(near, "sessions?state=open")).Items.Single().Id.ShouldBe(session.Id);
        (await PageAsync(far, "sessions?state=open")).Items.ShouldBeEmpty();
        foreach (var (method, path) in new[] { ("GET", ""), ("POST", "/message"), ("POST", "/disconnect"), ("DELETE", "") })
        {
            (await SendAsync(far, method, session.Id + path)).StatusCode.ShouldBe(HttpStatusCode.NotFound, method + path);
            (await SendAsync(near, method, session.Id + path)).IsSuccessStatusCode.ShouldBeTrue(method + path);
        }

        (await PageAsync(near, "sessions?state=ended")).Items.Single().EndedBy.ShouldBe("log-off");
        (await near.Client.GetAsync("/api/v1/sessions?state=odd")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await near.Client.GetAsync("/api/v1/sessions?state=1")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await PageAsync(ann, "desktops/history")).Items.Single().Id.ShouldBe(session.Id);
        (await PageAsync(near, "desktops/history")).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Display_InputAndDisconnect_AreNotedAndToldWithAReason()
    {
        await using var daemon = await Daemon.StartAsync();
        var (toGuest, toBrowser) = (new Pipe(), new Pipe());
        daemon.Host.OnDisplay = _ => Task.FromResult<Stream>(new Duplex(toBrowser.Reader.AsStream(), toGuest.Writer.AsStream()));
        var browser = await daemon.SignInAsync("ann");
        var session = await daemon.OpenAsync(browser, "ann");
        using var socket = await ConnectAsync(daemon, browser, session);
        await TestKit.Eventually.HoldsAsync(async () => (await SessionAsync(browser, session)).Connected, "the display is counted");
        // What the page asks of the screen by itself is no input; a key as QEMU has them is.
        await socket.SendAsync(new byte[] { 3, 1, 0, 0, 0, 0, 0, 9, 0, 9 }, WebSocketMessageType.Binary, true, default);
        (await browser.Client.PutAsync($"/api/v1/sessions/{session.Id}/first-frame", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var before = await SessionAsync(browser, session);
        (before.Connected, before.LastInputAt, before.Client).ShouldBe((true, null, SessionClient.Browser));
        before.Timeline.Select(step => step.Name).ShouldBe(["entitlement", "machine", "display", "first frame"]);
        await socket.SendAsync(new byte[] { 255, 0, 0, 1, 0, 0, 0, 65, 0, 0, 0, 30 }, WebSocketMessageType.Binary, true, default);
        await TestKit.Eventually.HoldsAsync(async () => (await SessionAsync(browser, session)).LastInputAt is not null, "the input is written down");

        (await browser.Client.PostAsync($"/api/v1/sessions/{session.Id}/disconnect", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await socket.ReceiveAsync(new byte[100], default).WaitAsync(TimeSpan.FromSeconds(60))).MessageType.ShouldBe(WebSocketMessageType.Close);
        ((int)socket.CloseStatus!, socket.CloseStatusDescription).ShouldBe((4001, "You have disconnected. Your session goes on."));
        var after = await SessionAsync(browser, session);
        (after.EndedAt, after.Id).ShouldBe((null, session.Id));
        using var again = await ConnectAsync(daemon, browser, session);
        again.State.ShouldBe(WebSocketState.Open);
    }

    [Theory]
    [InlineData(new byte[] { 4, 1, 0, 0, 0, 0, 0, 65 }, true)]
    [InlineData(new byte[] { 5, 0, 0, 1, 0, 1 }, true)]
    [InlineData(new byte[] { 255, 0, 0, 1 }, true)]
    // Sound of QEMU's, a request for a picture, copied text, the beginning of a connection, nothing.
    [InlineData(new byte[] { 255, 1, 0, 0 }, false)]
    [InlineData(new byte[] { 3, 1, 0, 0 }, false)]
    [InlineData(new byte[] { 6, 0, 0, 0 }, false)]
    [InlineData(new byte[] { (byte)'R', (byte)'F', (byte)'B' }, false)]
    [InlineData(new byte[] { 255 }, false)]
    [InlineData(new byte[0], false)]
    public void IsIn_FirstBytes_TellsKeysAndPointerFromTheRest(byte[] message, bool input) => RfbInput.IsIn(message).ShouldBe(input);

    [Fact]
    public async Task Opening_AsEvents_TellsStepsAndRefusesPagesOfNeighbours()
    {
        await using var daemon = await Daemon.StartAsync();
        var browser = await daemon.SignInAsync("ann");
        using var local = daemon.Local();
        await local.PostAsJsonAsync("/api/v1/pools", new CreatePoolRequest { Name = "p", Image = "micro", Spare = 1, Maximum = 4 });
        (await local.PutAsync("/api/v1/pools/p/entitlements/users/ann", null)).EnsureSuccessStatusCode();
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/api/v1/desktops/p/opening");
        foreign.Headers.Add("Sec-Fetch-Site", "same-site");
        (await browser.Client.SendAsync(foreign)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var text = await browser.Client.GetStringAsync("/api/v1/desktops/p/opening").WaitAsync(TimeSpan.FromMinutes(1));
        text.ShouldContain("\"step\":\"Finding\"");
        text.ShouldContain("\"step\":\"Ready\"");
        (await browser.Client.GetStringAsync("/api/v1/desktops/none/opening")).ShouldContain("\"code\":\"Forbidden\"");
    }

    private static Task<HttpResponseMessage> SendAsync(Daemon.Browser browser, string method, string path)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/sessions/" + path);
        if (method == "POST" && path.EndsWith("/message", StringComparison.Ordinal)) request.Content = JsonContent.Create(new SendMessageRequest("Hello"));
        return browser.Client.SendAsync(request);
    }

    private static async Task<string> BodyAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonObject>();
        body!.Remove("traceId");
        return body.ToJsonString();
    }

    private static async Task<Page<SessionView>> PageAsync(Daemon.Browser browser, string path) =>
        (await browser.Client.GetFromJsonAsync<Page<SessionView>>("/api/v1/" + path, Daemon.Json))!;

    private static async Task<SessionView> SessionAsync(Daemon.Browser browser, SessionView session) =>
        (await browser.Client.GetFromJsonAsync<SessionView>($"/api/v1/sessions/{session.Id}", Daemon.Json))!;

    private static async Task<ClientWebSocket> ConnectAsync(Daemon daemon, Daemon.Browser browser, SessionView session)
    {
        var answer = await browser.Client.PostAsync($"/api/v1/sessions/{session.Id}/display-ticket", null);
        var ticket = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<DisplayTicket>())!.Ticket;
        var socket = new ClientWebSocket();
        socket.Options.Cookies = browser.Cookies;
        socket.Options.AddSubProtocol("binary");
        socket.Options.AddSubProtocol("ticket." + ticket);
        socket.Options.SetRequestHeader("Origin", daemon.Origin);
        await socket.ConnectAsync(new Uri($"ws://{daemon.Address.Authority}/api/v1/display"), default);
        return socket;
    }
}
