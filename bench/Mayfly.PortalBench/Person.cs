using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using Mayfly.VmTests.House;

namespace Mayfly.PortalBench;

/// <summary>A person at a computer of their own: an address, cookies, and a display that stays open until disposed.</summary>
internal sealed class Person : IDisposable
{
    private readonly Uri _address;
    private readonly CookieContainer _cookies = new();
    private readonly SocketsHttpHandler _handler;
    private readonly HttpClient _http;
    private readonly ClientWebSocket _display = new();

    /// <param name="address">Of mayflyd, on the loopback network.</param>
    /// <param name="user">Who.</param>
    /// <param name="index">Gives the address; sign-ins are limited by address.</param>
    public Person(Uri address, string user, int index)
    {
        (_address, User) = (address, user);
        var own = new IPEndPoint(new IPAddress([127, 0, 1, (byte)(index + 1)]), 0);
        _handler = new SocketsHttpHandler { CookieContainer = _cookies, ConnectCallback = (context, token) => ConnectAsync(own, context.DnsEndPoint, token) };
        _http = new HttpClient(_handler) { BaseAddress = new Uri(address, "api/v1/") };
        _http.DefaultRequestHeaders.Add("Origin", $"http://{address.Authority}");
    }

    public string User { get; }

    /// <summary>Signs in, reads the cards, opens a desktop and returns once its first picture is there whole.</summary>
    public async Task SeeAsync(string pool, CancellationToken cancellationToken)
    {
        await PostAsync("login", new LoginRequest(User, BenchHouse.Password), cancellationToken);
        var cards = await _http.GetFromJsonAsync<List<DesktopCard>>("desktops", LocalApi.Wire, cancellationToken);
        cards!.ShouldContain(card => card.Pool == pool);
        var session = await ReadAsync<SessionView>(await PostAsync($"desktops/{pool}/open", null, cancellationToken), cancellationToken);
        var ticket = await ReadAsync<DisplayTicket>(await PostAsync($"sessions/{session.Id}/display-ticket", null, cancellationToken), cancellationToken);
        _display.Options.SetRequestHeader("Origin", $"http://{_address.Authority}");
        _display.Options.AddSubProtocol("binary");
        _display.Options.AddSubProtocol("ticket." + ticket.Ticket);
        await _display.ConnectAsync(new Uri($"ws://{_address.Authority}/api/v1/display"), new HttpMessageInvoker(_handler, disposeHandler: false), cancellationToken);
        var screen = new RfbClient(WebSocketStream.Create(_display, WebSocketMessageType.Binary, ownsWebSocket: false));
        await screen.ShakeHandsAsync(cancellationToken);
        await screen.LookAsync(cancellationToken);
    }

    public void Dispose()
    {
        _display.Dispose();
        _http.Dispose();
    }

    private static async ValueTask<Stream> ConnectAsync(IPEndPoint own, DnsEndPoint target, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(own);
            await socket.ConnectAsync(target, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        (await answer.Content.ReadFromJsonAsync<T>(LocalApi.Wire, cancellationToken))!;

    private async Task<HttpResponseMessage> PostAsync(string path, object? body, CancellationToken cancellationToken)
    {
        var answer = await _http.PostAsync(path, body is null ? null : JsonContent.Create(body, body.GetType(), options: LocalApi.Wire), cancellationToken);
        return answer.IsSuccessStatusCode
            ? answer
            : throw new HttpRequestException($"{path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
