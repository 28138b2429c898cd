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

    /// <summary>What a post is answered with, as text.</summary>
    public async Task<string> DownloadAsync(string path)
    {
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = await CookiesAsync() });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, $"/api/v1/{path}")) { Headers = { { "Origin", Origin } } };
        using var response = await http.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    /// <summary>Puts a body; a refusal is an exception with the answer's text.</summary>
    public async Task PutAsync(string path, object body)
    {
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = await CookiesAsync() });
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(address, $"/api/v1/{path}"))
        {
            Headers = { { "Origin", Origin } },
            Content = JsonContent.Create(body, body.GetType(), options: LocalApi.Wire),
        };
        using var response = await http.SendAsync(request);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException(await response.Content.ReadAsStringAsync());
    }

    public async Task<string> TicketAsync(SessionView session) => (await PostAsync<DisplayTicket>($"sessions/{session.Id}/display-ticket")).Ticket;

    /// <summary>What a request is answered with.</summary>
    public async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, object? body = null)
    {
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = await CookiesAsync() });
        using var request = new HttpRequestMessage(method, new Uri(address, $"/api/v1/{path}")) { Headers = { { "Origin", Origin } } };
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: LocalApi.Wire);
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>Opens a display and closes it again; returns what the server answered.</summary>
    public async Task<HttpStatusCode> OpenDisplayAsync(string ticket) => await OpenAsync("display", ticket, Origin, await CookiesAsync());

    /// <summary>Opens what a display ticket opens, "display" or "sound", as a page of <paramref name="origin"/> would; null names no origin.</summary>
    public async Task<HttpStatusCode> OpenFromAsync(string? origin, string what, string ticket) => await OpenAsync(what, ticket, origin, await CookiesAsync());

    /// <summary>Opens a display with cookies that were copied before.</summary>
    public Task<HttpStatusCode> OpenDisplayAsync(string ticket, CookieContainer cookies) => OpenAsync("display", ticket, Origin, cookies);

    public Task<WebSocket> ConnectDisplayAsync(string ticket) => ConnectAsync("display", ticket);

    /// <summary>Opens what a display ticket opens, "display" or "sound".</summary>
    public async Task<WebSocket> ConnectAsync(string what, string ticket)
    {
        var socket = Socket(ticket, Origin, await CookiesAsync());
        await socket.ConnectAsync(AddressOf(what), CancellationToken.None);
        return socket;
    }

    /// <summary>The window's cookies as they are now.</summary>
    public async Task<CookieContainer> CookiesAsync()
    {
        var cookies = new CookieContainer();
        foreach (var cookie in await page.Context.CookiesAsync()) cookies.Add(new System.Net.Cookie(cookie.Name, cookie.Value, cookie.Path, cookie.Domain));
        return cookies;
    }

    private Uri AddressOf(string what) => new($"ws://{address.Authority}/api/v1/{what}");

    private async Task<HttpStatusCode> OpenAsync(string what, string ticket, string? origin, CookieContainer cookies)
    {
        using var socket = Socket(ticket, origin, cookies);
        try
        {
            await socket.ConnectAsync(AddressOf(what), CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return socket.HttpStatusCode;
    }

    private static ClientWebSocket Socket(string ticket, string? origin, CookieContainer cookies)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.Cookies = cookies;
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.AddSubProtocol("binary");
        socket.Options.AddSubProtocol($"ticket.{ticket}");
        return socket;
    }
}
