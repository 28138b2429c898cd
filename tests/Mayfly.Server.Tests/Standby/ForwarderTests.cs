using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Mayfly.Server.Tests.Standby;

/// <summary>Passing on, held against a server that does what a test wants of it.</summary>
public sealed class ForwarderTests
{
    private const int Megabyte = 1 << 20;

    [Fact]
    public async Task Request_WithBodyQueryAndHeaders_ArrivesAsItWasSent()
    {
        await using var active = await ActiveAsync(async context =>
        {
            context.Response.StatusCode = 418;
            context.Response.Headers["X-Seen"] = context.Request.Headers["X-Mine"];
            context.Response.Headers["X-Host"] = context.Request.Host.Value;
            context.Response.Headers["X-Target"] = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
            context.Response.Headers.Append("Set-Cookie", "a=1");
            context.Response.Headers.Append("Set-Cookie", "b=2");
            await context.Request.Body.CopyToAsync(context.Response.Body);
        });
        await using var standby = await BesideIt.StartAsync(Address(active));
        var body = new string('x', 3 * Megabyte);
        var (head, answered) = await RawAsync(standby.Address, $"PUT //evil.example/%2e%2e/a%2Fb?q=%20 HTTP/1.1\r\nHost: desk.example\r\nX-Mine: grüße\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        head.ShouldStartWith("HTTP/1.1 418");
        head.ShouldContain("X-Seen: grüße\r\n");
        head.ShouldContain("X-Host: desk.example\r\n");
        head.ShouldContain("X-Target: //evil.example/%2e%2e/a%2Fb?q=%20\r\n");
        head.ShouldContain("Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n");
        answered.ShouldContain(body[..1000]);
    }

    [Fact]
    public async Task Headers_OfAConnectionAndThoseOfProxies_AreNotPassedOn()
    {
        await using var active = await ActiveAsync(context =>
        {
            context.Response.Headers["X-Hop"] = "1";
            context.Response.Headers.Connection = "X-Hop";
            return context.Response.WriteAsync(string.Join(' ', context.Request.Headers.Keys.Order()));
        });
        await using var standby = await BesideIt.StartAsync(Address(active));
        using var client = standby.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        foreach (var name in (string[])["X-Hop", "X-Stays", "Keep-Alive", "TE", "Proxy-Authorization", "Forwarded", "X-Forwarded-Host"]) request.Headers.TryAddWithoutValidation(name, "1");
        request.Headers.Connection.Add("x-hop");
        using var answer = await client.SendAsync(request);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("Host Mayfly-Standby X-Forwarded-For X-Forwarded-Proto X-Stays");
        answer.Headers.Contains("X-Hop").ShouldBeFalse();
    }

    [Fact]
    public async Task Body_OfARequest_ArrivesAsItIsSent()
    {
        var words = Channel.CreateUnbounded<string>();
        await using var active = await ActiveAsync(async context =>
        {
            var buffer = new byte[100];
            while (await context.Request.Body.ReadAsync(buffer) is > 0 and var count) words.Writer.TryWrite(Encoding.ASCII.GetString(buffer, 0, count));
            await context.Response.WriteAsync("all");
        });
        await using var standby = await BesideIt.StartAsync(Address(active));
        using var socket = await ConnectAsync(standby.Address);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync("POST / HTTP/1.1\r\nHost: desk\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray());
        foreach (var word in (string[])["one", "two", "three"])
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{word.Length:x}\r\n{word}\r\n"));
            (await words.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1))).ShouldBe(word);
        }

        await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(stream);
        (await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1))).ShouldContain("all");
    }

    [Fact]
    public async Task Body_ThatTheActiveServerDoesNotWant_IsRefusedByItAndNotSent()
    {
        await using var active = await ActiveAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return Task.CompletedTask;
        });
        await using var standby = await BesideIt.StartAsync(Address(active));
        using var client = standby.Client();
        using var answer = await client.PostAsync("/", new ByteArrayContent(new byte[64 * Megabyte]));
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Request_GivenUpByTheBrowser_IsGivenUpByTheActiveServer()
    {
        var (came, gone) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var active = await ActiveAsync(async context =>
        {
            context.RequestAborted.Register(gone.SetResult);
            await context.Response.Body.FlushAsync();
            came.SetResult();
            await gone.Task;
        });
        await using var standby = await BesideIt.StartAsync(Address(active));
        using (var client = standby.Client())
        using (await client.GetAsync("/", HttpCompletionOption.ResponseHeadersRead)) await came.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await gone.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Answer_BrokenOffInTheMiddle_IsNotTakenForAWholeOne()
    {
        await using var active = await ActiveAsync(async context =>
        {
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await using var standby = await BesideIt.StartAsync(Address(active));
        using var client = standby.Client();
        await Should.ThrowAsync<HttpRequestException>(() => client.GetStringAsync("/"));
    }

    [Fact]
    public async Task Stream_WhenAnotherServerIsActive_IsBrokenOff()
    {
        await using var active = await ActiveAsync(async context =>
        {
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        await using var standby = await BesideIt.StartAsync(Address(active));
        using var client = standby.Client();
        using var answer = await client.GetAsync("/", HttpCompletionOption.ResponseHeadersRead);
        standby.Follow(Address(active), epoch: 2);
        await Should.ThrowAsync<Exception>(() => answer.Content.ReadAsStringAsync().WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task WebSocket_LargeMessages_AreCarriedWholeAndClosedAsTheOtherSideDoes()
    {
        await using var active = await ActiveAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[Megabyte];
            var count = 0;
            while (count < buffer.Length) count += (await socket.ReceiveAsync(buffer.AsMemory(count), default)).Count;
            await socket.SendAsync(buffer.AsMemory(0, count), WebSocketMessageType.Binary, true, default);
            await socket.CloseAsync((WebSocketCloseStatus)4001, "That is all.", default);
        });
        await using var standby = await BesideIt.StartAsync(Address(active));
        using var browser = new ClientWebSocket();
        await browser.ConnectAsync(new Uri($"ws://{standby.Address.Authority}/any"), default);
        var sent = new byte[Megabyte];
        Random.Shared.NextBytes(sent);
        await browser.SendAsync(sent, WebSocketMessageType.Binary, true, default);
        var (received, at) = (new byte[Megabyte], 0);
        while (at < received.Length) at += (await browser.ReceiveAsync(received.AsMemory(at), default)).Count;
        received.ShouldBe(sent);
        await browser.ReceiveAsync(new byte[10], default);
        browser.CloseStatus.ShouldBe((WebSocketCloseStatus)4001);
    }

    [Fact]
    public async Task Health_OfAStandby_SaysWhetherItReachesTheActiveServer()
    {
        await using var standby = await BesideIt.StartAsync(null);
        using var client = standby.Client();
        await UnavailableAsync("/healthz");
        await UnavailableAsync("/api/v1/me");
        await using (var active = await ActiveAsync(context => context.Response.WriteAsync("ok")))
        {
            standby.Follow(Address(active));
            (await client.GetStringAsync("/healthz")).ShouldBe("standby");
            standby.Follow(null);
            await UnavailableAsync("/api/v1/me", "--advertise");
            standby.Follow(Address(active));
        }

        await UnavailableAsync("/healthz");
        await UnavailableAsync("/api/v1/me");

        async Task UnavailableAsync(string path, string why = "")
        {
            using var answer = await client.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.ShouldNotBeNull();
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            var text = await answer.Content.ReadAsStringAsync();
            text.ShouldContain("\"code\":\"NoActiveServer\"");
            text.ShouldContain(why);
        }
    }

    private static async Task<WebApplication> ActiveAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        });
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseWebSockets();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }

    private static Uri Address(WebApplication app) => new(app.Urls.First());

    private static async Task<Socket> ConnectAsync(Uri address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        return socket;
    }

    private static async Task<(string Head, string Body)> RawAsync(Uri address, string request)
    {
        using var socket = await ConnectAsync(address);
        await using var stream = new NetworkStream(socket);
        var sending = stream.WriteAsync(Encoding.Latin1.GetBytes(request)).AsTask();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await sending;
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        return (answer[..end], answer[end..]);
    }
}
