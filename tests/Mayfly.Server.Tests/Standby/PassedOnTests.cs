using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.IO.Pipelines;
using System.Text;
using Mayfly.Contracts.Api;
using Mayfly.Server.Standby;

namespace Mayfly.Server.Tests.Standby;

/// <summary>What the active server makes of requests that another passes on: who they are of, and that nobody else can say so.</summary>
public sealed class PassedOnTests
{
    private const string PublicOrigin = "https://desktops.example.org";
    private const string Password = "correct-horse";

    [Fact]
    public async Task Login_AtTheStandby_IsOfItsPageAndTheBrowsersAddress()
    {
        await using var active = await Daemon.StartAsync(term: BesideIt.Term());
        await using var standby = await BesideIt.StartAsync(active.Address, options => options with { Proxies = [IPNetwork.Parse("127.0.0.0/8")] });
        await AddUserAsync(standby, "ann");
        using var client = standby.Client();

        using var answer = await LogInAsync(client, PublicOrigin);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldContain("secure");
        answer.Headers.GetValues("X-Frame-Options").ShouldHaveSingleItem();
        client.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        (await client.GetFromJsonAsync<SignInView[]>("/api/v1/me/sign-ins", Daemon.Json))!.Single(signIn => signIn.Current).Address.ShouldBe("203.0.113.7");

        using var foreign = await LogInAsync(client, "https://evil.example");
        foreign.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Request_OverTheStandbysSocket_IsTheAdministratorsAndTheNextOneIsNot()
    {
        await using var active = await Daemon.StartAsync(term: BesideIt.Term());
        await using var standby = await BesideIt.StartAsync(active.Address);
        using var client = standby.Client();
        using var local = Daemon.Local(standby.Options.Socket);
        for (var i = 0; i < 5; i++)
        {
            // One after the other, they have one connection between the servers.
            (await local.GetAsync("/api/v1/users")).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await client.GetAsync("/api/v1/users")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        active.Logs.ShouldAllBe(line => !line.Contains(BesideIt.Secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(PassedOn.Local, "1", 401)]
    [InlineData(PassedOn.Secret, "a-guess", 503)]
    [InlineData(PassedOn.Secret, "", 503)]
    public async Task Request_ThatSaysItIsPassedOn_IsNotBelieved(string header, string value, int status)
    {
        await using var active = await Daemon.StartAsync(term: BesideIt.Term());
        await using var standby = await BesideIt.StartAsync(active.Address);
        foreach (var address in (Uri[])[active.Address, standby.Address])
        {
            using var client = new HttpClient { BaseAddress = address };
            client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
            client.DefaultRequestHeaders.TryAddWithoutValidation(PassedOn.Local, "1");
            ((int)(await client.GetAsync("/api/v1/users")).StatusCode).ShouldBe(status);
        }
    }

    [Fact]
    public async Task Request_AddressSaidByTheBrowser_IsNotPassedOn()
    {
        await using var active = await Daemon.StartAsync(term: BesideIt.Term());
        await using var standby = await BesideIt.StartAsync(active.Address);
        await AddUserAsync(standby, "ann");
        using var client = standby.Client();
        using var answer = await LogInAsync(client, "http://desktops.example.org");
        client.DefaultRequestHeaders.Add("Cookie", answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        (await client.GetFromJsonAsync<SignInView[]>("/api/v1/me/sign-ins", Daemon.Json))!.Single(signIn => signIn.Current).Address.ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task Request_AfterTheTermIsOver_IsRefused()
    {
        using var term = BesideIt.Term();
        await using var active = await Daemon.StartAsync(term: term);
        using var client = active.Anonymous();
        (await client.GetStringAsync("/healthz")).ShouldBe("ok");
        term.End("Another has taken over.");
        using var answer = await client.GetAsync("/healthz");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"NoActiveServer\"");
    }

    [Fact]
    public async Task Display_AtTheStandby_CarriesBytesBothWays()
    {
        await using var active = await Daemon.StartAsync(term: BesideIt.Term());
        await using var standby = await BesideIt.StartAsync(active.Address);
        var (toGuest, toBrowser) = (new Pipe(), new Pipe());
        active.Host.OnDisplay = _ => Task.FromResult<Stream>(new Duplex(toBrowser.Reader.AsStream(), toGuest.Writer.AsStream()));
        var browser = await active.SignInAsync("ann");
        var session = await active.OpenAsync(browser, "ann");
        await Should.ThrowAsync<WebSocketException>(async () => await ConnectAsync(standby, browser, await TicketAsync(browser, session), "http://evil.example"));
        using var socket = await ConnectAsync(standby, browser, await TicketAsync(browser, session), standby.Origin);
        socket.SubProtocol.ShouldBe("binary");

        await toBrowser.Writer.WriteAsync("RFB 003.008\n"u8.ToArray());
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer, default);
        Encoding.UTF8.GetString(buffer, 0, received.Count).ShouldBe("RFB 003.008\n");
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Binary, true, default);
        Encoding.UTF8.GetString((await toGuest.Reader.ReadAsync()).Buffer.FirstSpan).ShouldBe("hello");

        (await browser.Client.DeleteAsync($"/api/v1/sessions/{session.Id}")).EnsureSuccessStatusCode();
        (await socket.ReceiveAsync(buffer, default).WaitAsync(TimeSpan.FromSeconds(60))).MessageType.ShouldBe(WebSocketMessageType.Close);
    }

    [Fact]
    public async Task Events_AtTheStandby_ArriveAsTheyHappen()
    {
        await using var active = await Daemon.StartAsync(term: BesideIt.Term());
        await using var standby = await BesideIt.StartAsync(active.Address);
        var browser = await active.SignInAsync("ann");
        using var client = standby.Client();
        client.DefaultRequestHeaders.Add("Cookie", browser.Cookies.GetCookieHeader(active.Address));
        await using var stream = await client.GetStreamAsync("/api/v1/desktops/events");
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync())!.ShouldBe("data: []");
        var session = await active.OpenAsync(browser, "ann");
        while (!(await reader.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)))!.Contains(session.Id, StringComparison.Ordinal)) ;
    }

    private static async Task AddUserAsync(BesideIt standby, string user)
    {
        using var local = Daemon.Local(standby.Options.Socket);
        (await local.PostAsJsonAsync("/api/v1/users", new AddUserRequest(user, null, Password, false))).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private static async Task<HttpResponseMessage> LogInAsync(HttpClient client, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/login") { Content = JsonContent.Create(new LoginRequest("ann", Password)) };
        request.Headers.Host = "desktops.example.org";
        request.Headers.Add("Origin", origin);
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        request.Headers.Add("X-Forwarded-Proto", "https");
        return await client.SendAsync(request);
    }

    private static async Task<string> TicketAsync(Daemon.Browser browser, SessionView session)
    {
        var answer = await browser.Client.PostAsync($"/api/v1/sessions/{session.Id}/display-ticket", null);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<DisplayTicket>())!.Ticket;
    }

    private static async Task<ClientWebSocket> ConnectAsync(BesideIt standby, Daemon.Browser browser, string ticket, string origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = browser.Cookies;
        socket.Options.AddSubProtocol("binary");
        socket.Options.AddSubProtocol("ticket." + ticket);
        socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new Uri($"ws://{standby.Address.Authority}/api/v1/display"), default);
        return socket;
    }
}
