using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mayfly.Contracts.Api;

namespace Mayfly.HouseKit;

/// <summary>The REST API: over the unix socket, as this host's administrator, or over the network, as whoever a token is for.</summary>
public sealed class LocalApi : IDisposable
{
    /// <summary>How the API writes JSON.</summary>
    public static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    // The longest that one waits for the programs of a guest that has the host's processors to share.
    private const int LongestRunSeconds = 300;

    private readonly HttpClient _http;

    /// <summary>The local administrator of a data directory.</summary>
    public LocalApi(string data) => _http = new HttpClient(Handler(data)) { BaseAddress = new Uri("http://mayflyd/api/v1/"), Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Connects to the unix socket of a data directory.</summary>
    public static SocketsHttpHandler Handler(string data) => new()
    {
        ConnectCallback = async (_, token) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(data, "mayflyd.sock")), token);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    /// <summary>A user, by an API token.</summary>
    public LocalApi(Uri address, string token)
    {
        _http = new HttpClient { BaseAddress = new Uri(address, "api/v1/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Gives another connection the same rights.</summary>
    public void Authorize(Action<string, string?> setHeader) => setHeader("Authorization", _http.DefaultRequestHeaders.Authorization?.ToString());

    public Task<T> GetAsync<T>(string path) => ReadAsync<T>(_http.GetAsync(path));

    public Task<T> PostAsync<T>(string path, object body) => ReadAsync<T>(_http.PostAsync(path, JsonContent.Create(body, body.GetType(), options: Wire)));

    /// <summary>Puts a body and reads the answer.</summary>
    public Task<T> PutAsync<T>(string path, object body) => ReadAsync<T>(_http.PutAsync(path, JsonContent.Create(body, body.GetType(), options: Wire)));

    public async Task PutAsync(string path) => await CheckAsync(await _http.PutAsync(path, null));

    public async Task DeleteAsync(string path) => await CheckAsync(await _http.DeleteAsync(path));

    /// <summary>Starts a long job and waits for its end.</summary>
    public async Task<OperationView> FinishAsync(string path, object body)
    {
        var operation = await PostAsync<OperationView>(path, body);
        // The stream ends with the operation.
        (await _http.GetAsync($"operations/{operation.Id}/events", HttpCompletionOption.ResponseContentRead)).EnsureSuccessStatusCode();
        var finished = await GetAsync<OperationView>($"operations/{operation.Id}");
        return finished.Fault is { } fault ? throw new InvalidOperationException(fault.ToString()) : finished;
    }

    /// <summary>Runs a shell command in a machine, however busy that is, and returns what it printed, without the last line end.</summary>
    public async Task<string> RunAsync(string machine, string command)
    {
        var result = await PostAsync<ExecMachineResult>($"machines/{machine}/exec", new ExecMachineRequest(["/bin/sh", "-c", command], LongestRunSeconds));
        return result.Stdout.TrimEnd('\n');
    }

    public async Task<List<MachineView>> MachinesAsync() => [.. (await GetAsync<Page<MachineView>>("machines?limit=10000")).Items];

    /// <summary>The newest events, oldest first.</summary>
    public async Task<List<EventView>> EventsAsync(int limit = 1000) => [.. (await GetAsync<Page<EventView>>($"events?limit={limit}")).Items.Reverse()];

    /// <summary>
    /// True for what a call ends with when it was refused, or mayflyd was killed. HttpClient lets the socket's own exception through where the
    /// other end goes just after it was connected to.
    /// </summary>
    public static bool IsInterruption(Exception error) => error is HttpRequestException or SocketException or InvalidOperationException or IOException;

    public void Dispose() => _http.Dispose();

    private static async Task<T> ReadAsync<T>(Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        await CheckAsync(response);
        return (await response.Content.ReadFromJsonAsync<T>(Wire))!;
    }

    private static async Task CheckAsync(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }
}
