using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;

namespace Mayfly.BrowserTests.House;

/// <summary>What a program could do that got hold of a browser's cookie: requests and real WebSockets, without the page's manners.</summary>
internal sealed class SignedIn(IPage page, Uri address)
{
    private string Origin => $"http://{address.Authority}";

    public async Task<T> PostAsync<T>(string path)
    {
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = await CookiesAsync() });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, $"/api/v1/{path}")) { Headers = { { "Origin", Origin } } };
        using var response = await http.SendAsync(request);
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<T>(LocalApi.Wire))!;
    }

    public async Task<string> TicketAsync(SessionView session) => (await PostAsync<DisplayTicket>($"sessions/{session.Id}/display-ticket")).Ticket;

    /// <summary>Opens a display and closes it again; returns what the server answered.</summary>
    public async Task<HttpStatusCode> OpenDisplayAsync(string ticket)
    {
        using var socket = await SocketAsync(ticket);
        try
        {
            await socket.ConnectAsync(DisplayAddress, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return socket.HttpStatusCode;
    }

    public async Task<WebSocket> ConnectDisplayAsync(string ticket)
    {
        var socket = await SocketAsync(ticket);
        await socket.ConnectAsync(DisplayAddress, CancellationToken.None);
        return socket;
    }

    private Uri DisplayAddress => new($"ws://{address.Authority}/api/v1/display");

    private async Task<ClientWebSocket> SocketAsync(string ticket)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.Cookies = await CookiesAsync();
        socket.Options.SetRequestHeader("Origin", Origin);
        socket.Options.AddSubProtocol("binary");
        socket.Options.AddSubProtocol($"ticket.{ticket}");
        return socket;
    }

    private async Task<CookieContainer> CookiesAsync()
    {
        var cookies = new CookieContainer();
        foreach (var cookie in await page.Context.CookiesAsync()) cookies.Add(new System.Net.Cookie(cookie.Name, cookie.Value, cookie.Path, cookie.Domain));
        return cookies;
    }
}
