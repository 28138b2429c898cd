using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mayfly.BrowserTests.House;

/// <summary>The REST API over the unix socket: what this host's administrator may do.</summary>
internal sealed class LocalApi(string data) : IDisposable
{
    public static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, token) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(data, "mayflyd.sock")), token);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = new Uri("http://mayflyd/api/v1/"), Timeout = Timeout.InfiniteTimeSpan };

    public Task<T> GetAsync<T>(string path) => ReadAsync<T>(_http.GetAsync(path));

    public Task<T> PostAsync<T>(string path, object body) => ReadAsync<T>(_http.PostAsync(path, JsonContent.Create(body, body.GetType(), options: Wire)));

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

    /// <summary>Runs a shell command in a machine and returns what it printed, without the last line end.</summary>
    public async Task<string> RunAsync(string machine, string command)
    {
        var result = await PostAsync<ExecMachineResult>($"machines/{machine}/exec", new ExecMachineRequest(["/bin/sh", "-c", command]));
        return result.Stdout.TrimEnd('\n');
    }

    public Task<List<MachineView>> MachinesAsync() => GetAsync<List<MachineView>>("machines");

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
