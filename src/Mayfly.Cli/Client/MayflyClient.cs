using System.Net.Http.Json;
using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Client;

/// <summary>The REST API, one method an endpoint. What mayflyd refuses comes back as a <see cref="Fault"/>.</summary>
internal sealed partial class MayflyClient(ServerConnection connection) : IDisposable
{
    public ServerAddress Address => connection.Address;

    /// <summary>What a host can do: the server's own unless another is named.</summary>
    public Task<Outcome<DoctorReport>> DoctorAsync(CancellationToken token, string? host = null) => GetAsync<DoctorReport>(host is null ? "doctor" : $"hosts/{Part(host)}/doctor", token);

    public Task<Outcome<HostUsageView>> HostUsageAsync(CancellationToken token) => GetAsync<HostUsageView>("host/usage", token);

    public Task<Outcome<List<ImageView>>> ImagesAsync(CancellationToken token) => ListAsync<ImageView>("images", token);

    public Task<Outcome<OperationView>> BuildImageAsync(BuildImageRequest request, CancellationToken token) =>
        SendAsync<OperationView>(HttpMethod.Post, "images/build", request, token);

    public Task<Outcome<OperationView>> ImportImageAsync(ImportImageRequest request, CancellationToken token) =>
        SendAsync<OperationView>(HttpMethod.Post, "images/import", request, token);

    public Task<Outcome<OperationView>> PublishImageAsync(string name, PublishImageRequest request, CancellationToken token) =>
        SendAsync<OperationView>(HttpMethod.Post, $"images/{Part(name)}/publish", request, token);

    public Task<Outcome<OperationView>> PublishMachineAsync(string machine, PublishMachineRequest request, CancellationToken token) =>
        SendAsync<OperationView>(HttpMethod.Post, $"machines/{Part(machine)}/publish", request, token);

    public Task<Outcome<Done>> UnpublishImageAsync(string name, string version, CancellationToken token) =>
        SendAsync(HttpMethod.Delete, $"images/{Part(name)}/versions/{Part(version)}/warm", token);

    public void Dispose() => connection.Dispose();

    private static string Part(string name) => Uri.EscapeDataString(name);

    private Task<Outcome<T>> GetAsync<T>(string path, CancellationToken token) => SendAsync<T>(HttpMethod.Get, path, null, token);

    /// <summary>A short list, which comes whole.</summary>
    private async Task<Outcome<List<T>>> ListAsync<T>(string path, CancellationToken token)
    {
        var part = await PartAsync<T>(path, token);
        return part.TryGet(out var page, out var fault) ? page.Items.ToList() : fault;
    }

    /// <summary>A whole list, part by part.</summary>
    private async Task<Outcome<List<T>>> AllAsync<T>(string path, CancellationToken token)
    {
        var all = new List<T>();
        string? after = null;
        do
        {
            var part = await PartAsync<T>(Query.Of(path, ("limit", "1000"), ("after", after)), token);
            if (!part.TryGet(out var page, out var fault))
                return fault;
            all.AddRange(page.Items);
            if (page.Next is not null && page.Next == after)
                throw new UnexpectedAnswerException($"The answer to GET {path} goes on for ever.");
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    /// <summary>A part of a list. Short lists come whole, as an array.</summary>
    private async Task<Outcome<Page<T>>> PartAsync<T>(string path, CancellationToken token)
    {
        var answer = await GetAsync<JsonElement>(path, token);
        if (!answer.TryGet(out var json, out var fault))
            return fault;
        try
        {
            var page = json.ValueKind is JsonValueKind.Array && json.Deserialize<List<T>>(ApiJson.Wire) is { } whole
                ? new Page<T>(whole, null, whole.Count)
                : json.Deserialize<Page<T>>(ApiJson.Wire);
            if (page is not null && page.Items.All(item => item is not null))
                return page;
        }
        catch (JsonException exception)
        {
            throw Foreign(HttpMethod.Get, path, exception);
        }

        throw Foreign(HttpMethod.Get, path, null);
    }

    private async Task<Outcome<T>> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken token)
    {
        using var request = Request(method, path, body);
        using var response = await connection.SendAsync(request, token);
        if (!response.IsSuccessStatusCode)
            return await ProblemReader.ReadAsync(response, token);
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(ApiJson.Wire, token)
                ?? throw new UnexpectedAnswerException($"The answer to {method} {path} is empty.");
        }
        catch (JsonException exception)
        {
            throw Foreign(method, path, exception);
        }
        catch (Exception exception) when (exception is HttpIOException or HttpRequestException)
        {
            throw connection.Unreachable(exception);
        }
    }

    private async Task<Outcome<Done>> SendAsync(HttpMethod method, string path, CancellationToken token, object? body = null)
    {
        using var request = Request(method, path, body);
        using var response = await connection.SendAsync(request, token);
        return response.IsSuccessStatusCode ? Done.Yes : await ProblemReader.ReadAsync(response, token);
    }

    private static UnexpectedAnswerException Foreign(HttpMethod method, string path, Exception? exception) =>
        new($"The answer to {method} {path} is not one of this version's mayflyd.", exception);

    private static HttpRequestMessage Request(HttpMethod method, string path, object? body) =>
        new(method, "api/v1/" + path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: ApiJson.Wire) };
}
