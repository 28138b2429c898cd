using System.Net.Http.Json;
using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Client;

/// <summary>The REST API, one method an endpoint. What mayflyd refuses comes back as a <see cref="Fault"/>.</summary>
internal sealed partial class MayflyClient(ServerConnection connection) : IDisposable
{
    public ServerAddress Address => connection.Address;

    public Task<Outcome<DoctorReport>> DoctorAsync(CancellationToken token) => GetAsync<DoctorReport>("doctor", token);

    public Task<Outcome<List<ImageView>>> ImagesAsync(CancellationToken token) => GetAsync<List<ImageView>>("images", token);

    public Task<Outcome<OperationView>> BuildImageAsync(BuildImageRequest request, CancellationToken token) =>
        SendAsync<OperationView>(HttpMethod.Post, "images/build", request, token);

    public Task<Outcome<OperationView>> ImportImageAsync(ImportImageRequest request, CancellationToken token) =>
        SendAsync<OperationView>(HttpMethod.Post, "images/import", request, token);

    public Task<Outcome<OperationView>> PublishImageAsync(string name, PublishImageRequest request, CancellationToken token) =>
        SendAsync<OperationView>(HttpMethod.Post, $"images/{Part(name)}/publish", request, token);

    public Task<Outcome<Done>> UnpublishImageAsync(string name, string version, CancellationToken token) =>
        SendAsync(HttpMethod.Delete, $"images/{Part(name)}/versions/{Part(version)}/warm", token);

    public Task<Outcome<List<PoolView>>> PoolsAsync(CancellationToken token) => GetAsync<List<PoolView>>("pools", token);

    public Task<Outcome<PoolView>> PoolAsync(string pool, CancellationToken token) => GetAsync<PoolView>($"pools/{Part(pool)}", token);

    public Task<Outcome<PoolView>> CreatePoolAsync(CreatePoolRequest request, CancellationToken token) =>
        SendAsync<PoolView>(HttpMethod.Post, "pools", request, token);

    public Task<Outcome<Done>> DeletePoolAsync(string pool, bool force, CancellationToken token) =>
        SendAsync(HttpMethod.Delete, $"pools/{Part(pool)}{(force ? "?force=true" : "")}", token);

    public Task<Outcome<List<EntitlementView>>> EntitlementsAsync(string pool, CancellationToken token) =>
        GetAsync<List<EntitlementView>>($"pools/{Part(pool)}/entitlements", token);

    public Task<Outcome<Done>> EntitleAsync(string pool, string user, CancellationToken token) =>
        SendAsync(HttpMethod.Put, $"pools/{Part(pool)}/entitlements/{Part(user)}", token);

    public Task<Outcome<Done>> DisentitleAsync(string pool, string user, CancellationToken token) =>
        SendAsync(HttpMethod.Delete, $"pools/{Part(pool)}/entitlements/{Part(user)}", token);

    public Task<Outcome<List<MachineView>>> MachinesAsync(CancellationToken token) => GetAsync<List<MachineView>>("machines", token);

    public Task<Outcome<MachineView>> MachineAsync(string machine, CancellationToken token) =>
        GetAsync<MachineView>($"machines/{Part(machine)}", token);

    public Task<Outcome<MachineView>> ForkMachineAsync(string pool, CancellationToken token) =>
        SendAsync<MachineView>(HttpMethod.Post, $"pools/{Part(pool)}/machines", null, token);

    public Task<Outcome<ExecMachineResult>> ExecAsync(string machine, ExecMachineRequest request, CancellationToken token) =>
        SendAsync<ExecMachineResult>(HttpMethod.Post, $"machines/{Part(machine)}/exec", request, token);

    public Task<Outcome<Done>> DeleteMachineAsync(string machine, CancellationToken token) =>
        SendAsync(HttpMethod.Delete, $"machines/{Part(machine)}", token);

    public Task<Outcome<List<UserView>>> UsersAsync(CancellationToken token) => GetAsync<List<UserView>>("users", token);

    public Task<Outcome<UserAdded>> AddUserAsync(AddUserRequest request, CancellationToken token) =>
        SendAsync<UserAdded>(HttpMethod.Post, "users", request, token);

    public Task<Outcome<ApiToken>> MakeTokenAsync(string user, string label, CancellationToken token) =>
        SendAsync<ApiToken>(HttpMethod.Post, "tokens", new { User = user, Label = label }, token);

    public Task<Outcome<List<EventView>>> EventsAsync(long? after, int limit, CancellationToken token) =>
        GetAsync<List<EventView>>($"events?limit={limit}{(after is null ? "" : $"&after={after}")}", token);

    public void Dispose() => connection.Dispose();

    private static string Part(string name) => Uri.EscapeDataString(name);

    private Task<Outcome<T>> GetAsync<T>(string path, CancellationToken token) => SendAsync<T>(HttpMethod.Get, path, null, token);

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
            throw new UnexpectedAnswerException($"The answer to {method} {path} is not one of this version's mayflyd.", exception);
        }
        catch (Exception exception) when (exception is HttpIOException or HttpRequestException)
        {
            throw connection.Unreachable(exception);
        }
    }

    private async Task<Outcome<Done>> SendAsync(HttpMethod method, string path, CancellationToken token)
    {
        using var request = Request(method, path, null);
        using var response = await connection.SendAsync(request, token);
        return response.IsSuccessStatusCode ? Done.Yes : await ProblemReader.ReadAsync(response, token);
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, object? body) =>
        new(method, "api/v1/" + path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: ApiJson.Wire) };
}
