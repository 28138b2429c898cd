using System.IO.Pipelines;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using Mayfly.Contracts.Api;

namespace Mayfly.Server.Tests;

public sealed class DisplayTests
{
    [Fact]
    public async Task Display_GoodTicket_CarriesBytesBothWaysAndIsUsedUp()
    {
        await using var daemon = await Daemon.StartAsync();
        var (toGuest, toBrowser) = Screen(daemon);
        var browser = await daemon.SignInAsync("ann");
        var ticket = await TicketAsync(browser, await daemon.OpenAsync(browser, "ann"));
        using var socket = await ConnectAsync(daemon, browser, ticket, daemon.Origin);
        socket.SubProtocol.ShouldBe("binary");
        await toBrowser.Writer.WriteAsync("RFB 003.008\n"u8.ToArray());
        (await ReceiveAsync(socket)).ShouldBe("RFB 003.008\n");
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Binary, true, default);
        Encoding.UTF8.GetString((await toGuest.Reader.ReadAsync()).Buffer.FirstSpan).ShouldBe("hello");
        await RefusedAsync(daemon, browser, ticket, daemon.Origin);
    }

    [Fact]
    public async Task Display_LoggedOff_ClosesWithinFiveSecondsAndNoTicketIsGoodAnyMore()
    {
        await using var daemon = await Daemon.StartAsync();
        Screen(daemon);
        var browser = await daemon.SignInAsync("ann");
        var session = await daemon.OpenAsync(browser, "ann");
        var unused = await TicketAsync(browser, session);
        using var socket = await ConnectAsync(daemon, browser, await TicketAsync(browser, session), daemon.Origin);
        (await browser.Client.DeleteAsync($"/api/v1/sessions/{session.Id}")).EnsureSuccessStatusCode();
        (await socket.ReceiveAsync(new byte[100], default).WaitAsync(TimeSpan.FromSeconds(60))).MessageType.ShouldBe(WebSocketMessageType.Close);
        await RefusedAsync(daemon, browser, unused, daemon.Origin);
    }

    [Fact]
    public async Task Display_SignedOut_Closes()
    {
        await using var daemon = await Daemon.StartAsync();
        Screen(daemon);
        var browser = await daemon.SignInAsync("ann");
        using var socket = await ConnectAsync(daemon, browser, await TicketAsync(browser, await daemon.OpenAsync(browser, "ann")), daemon.Origin);
        await browser.Client.PostAsync("/api/v1/logout", null);
        (await socket.ReceiveAsync(new byte[100], default).WaitAsync(TimeSpan.FromSeconds(60))).MessageType.ShouldBe(WebSocketMessageType.Close);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    public async Task Display_MissingOrForeignOrigin_IsRefused(string? origin)
    {
        await using var daemon = await Daemon.StartAsync();
        Screen(daemon);
        var browser = await daemon.SignInAsync("ann");
        await RefusedAsync(daemon, browser, await TicketAsync(browser, await daemon.OpenAsync(browser, "ann")), origin);
    }

    [Fact]
    public async Task Display_ExpiredForeignOrMadeUpTicket_IsRefused()
    {
        await using var daemon = await Daemon.StartAsync();
        Screen(daemon);
        var ann = await daemon.SignInAsync("ann");
        var eve = await daemon.SignInAsync("eve");
        var session = await daemon.OpenAsync(ann, "ann");
        await RefusedAsync(daemon, eve, await TicketAsync(ann, session), daemon.Origin);
        await RefusedAsync(daemon, ann, "made-up", daemon.Origin);
        var old = await TicketAsync(ann, session);
        daemon.Time.Advance(TimeSpan.FromSeconds(31));
        await RefusedAsync(daemon, ann, old, daemon.Origin);
        (await eve.Client.PostAsync($"/api/v1/sessions/{session.Id}/display-ticket", null)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Display_TicketOfAnEarlierSignInOfTheSameUser_IsRefused()
    {
        await using var daemon = await Daemon.StartAsync();
        Screen(daemon);
        var first = await daemon.SignInAsync("ann");
        var session = await daemon.OpenAsync(first, "ann");
        var early = await TicketAsync(first, session);
        (await first.Client.PostAsync("/api/v1/logout", null)).EnsureSuccessStatusCode();
        var second = await daemon.SignInAsync("ann");
        await RefusedAsync(daemon, second, early, daemon.Origin);
        using var socket = await ConnectAsync(daemon, second, await TicketAsync(second, session), daemon.Origin);
        socket.State.ShouldBe(WebSocketState.Open);
    }

    [Fact]
    public async Task Display_TicketOfAnApiToken_IsForThatTokenAlone()
    {
        await using var daemon = await Daemon.StartAsync();
        Screen(daemon);
        var browser = await daemon.SignInAsync("ann");
        var session = await daemon.OpenAsync(browser, "ann");
        var (one, other) = (await TokenAsync(browser), await TokenAsync(browser));
        await RefusedAsync(daemon, browser, await TicketAsync(one, session), daemon.Origin);
        await RefusedAsync(daemon, other, await TicketAsync(one, session), daemon.Origin);
        await RefusedAsync(daemon, one, await TicketAsync(browser, session), daemon.Origin);
        using var socket = await ConnectAsync(daemon, one, await TicketAsync(one, session), daemon.Origin);
        socket.State.ShouldBe(WebSocketState.Open);

        async Task<Daemon.Browser> TokenAsync(Daemon.Browser signedIn)
        {
            var answer = await signedIn.Client.PostAsJsonAsync("/api/v1/tokens", new MakeTokenRequest());
            var client = daemon.Anonymous();
            client.DefaultRequestHeaders.Authorization = new("Bearer", (await answer.Content.ReadFromJsonAsync<MadeToken>(Daemon.Json))!.Token);
            return new Daemon.Browser(client, new());
        }
    }

    [Fact]
    public async Task Logs_AfterLoginAndDisplay_HoldNoSecret()
    {
        await using var daemon = await Daemon.StartAsync();
        Screen(daemon);
        var browser = await daemon.SignInAsync("ann", password: "correct-horse");
        var ticket = await TicketAsync(browser, await daemon.OpenAsync(browser, "ann"));
        using (await ConnectAsync(daemon, browser, ticket, daemon.Origin)) await browser.Client.GetAsync("/api/v1/me?secret=in-the-query");
        var cookie = browser.Cookies.GetCookies(daemon.Address)["mayfly"]!.Value;
        await daemon.LogsAsync("/api/v1/me");
        var text = string.Join('\n', daemon.Logs);
        foreach (var secret in new[] { ticket, cookie, "correct-horse", "in-the-query" }) text.ShouldNotContain(secret);
    }

    [Fact]
    public async Task Cards_SessionOpened_ArriveByThemselves()
    {
        await using var daemon = await Daemon.StartAsync();
        var browser = await daemon.SignInAsync("ann");
        await using var stream = await browser.Client.GetStreamAsync("/api/v1/desktops/events");
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync())!.ShouldBe("data: []");
        var session = await daemon.OpenAsync(browser, "ann");
        while (!(await reader.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)))!.Contains(session.Id, StringComparison.Ordinal)) ;
    }

    private static (Pipe ToGuest, Pipe ToBrowser) Screen(Daemon daemon)
    {
        var (toGuest, toBrowser) = (new Pipe(), new Pipe());
        daemon.Host.OnDisplay = _ => Task.FromResult<Stream>(new Duplex(toBrowser.Reader.AsStream(), toGuest.Writer.AsStream()));
        return (toGuest, toBrowser);
    }

    private static async Task<string> TicketAsync(Daemon.Browser browser, SessionView session)
    {
        var answer = await browser.Client.PostAsync($"/api/v1/sessions/{session.Id}/display-ticket", null);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<DisplayTicket>())!.Ticket;
    }

    private static async Task<ClientWebSocket> ConnectAsync(Daemon daemon, Daemon.Browser browser, string ticket, string? origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = browser.Cookies;
        socket.Options.AddSubProtocol("binary");
        socket.Options.AddSubProtocol("ticket." + ticket);
        if (browser.Client.DefaultRequestHeaders.Authorization is { } token) socket.Options.SetRequestHeader("Authorization", token.ToString());
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new Uri($"ws://{daemon.Address.Authority}/api/v1/display"), default);
        return socket;
    }

    private static Task RefusedAsync(Daemon daemon, Daemon.Browser browser, string ticket, string? origin) =>
        Should.ThrowAsync<WebSocketException>(() => ConnectAsync(daemon, browser, ticket, origin));

    private static async Task<string> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer, default);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}
