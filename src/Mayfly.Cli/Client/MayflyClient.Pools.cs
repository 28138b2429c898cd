using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Client;

internal sealed partial class MayflyClient
{
    public Task<Outcome<List<PoolView>>> PoolsAsync(CancellationToken token) => ListAsync<PoolView>("pools", token);

    public Task<Outcome<PoolView>> PoolAsync(string pool, CancellationToken token) => GetAsync<PoolView>(PoolPath(pool), token);

    public Task<Outcome<PoolView>> CreatePoolAsync(CreatePoolRequest request, CancellationToken token) =>
        SendAsync<PoolView>(HttpMethod.Post, "pools", request, token);

    /// <summary>Sends the settings alone, whatever else the record given holds.</summary>
    public Task<Outcome<PoolView>> SetPoolAsync(string pool, PoolSettings settings, CancellationToken token) =>
        SendAsync<PoolView>(HttpMethod.Put, PoolPath(pool, "settings"), JsonSerializer.SerializeToElement(settings, ApiJson.Wire), token);

    public Task<Outcome<Done>> DeletePoolAsync(string pool, bool force, CancellationToken token) =>
        SendAsync(HttpMethod.Delete, $"{PoolPath(pool)}{(force ? "?force=true" : "")}", token);

    public Task<Outcome<List<PushView>>> PushesAsync(string pool, CancellationToken token) =>
        ListAsync<PushView>(PoolPath(pool, "pushes"), token);

    public Task<Outcome<PushView>> PushAsync(string pool, PushImageRequest request, CancellationToken token) =>
        SendAsync<PushView>(HttpMethod.Post, PoolPath(pool, "push"), request, token);

    public Task<Outcome<PushView>> PausePushAsync(string pool, CancellationToken token) =>
        SendAsync<PushView>(HttpMethod.Post, PoolPath(pool, "push/pause"), null, token);

    public Task<Outcome<PushView>> ResumePushAsync(string pool, CancellationToken token) =>
        SendAsync<PushView>(HttpMethod.Post, PoolPath(pool, "push/resume"), null, token);

    public Task<Outcome<PushView>> CancelPushAsync(string pool, CancellationToken token) =>
        SendAsync<PushView>(HttpMethod.Post, PoolPath(pool, "push/cancel"), null, token);

    public Task<Outcome<PushView>> RollbackAsync(string pool, RollbackRequest request, CancellationToken token) =>
        SendAsync<PushView>(HttpMethod.Post, PoolPath(pool, "rollback"), request, token);

    public Task<Outcome<PoolView>> SetCanaryAsync(string pool, CanaryRequest request, CancellationToken token) =>
        SendAsync<PoolView>(HttpMethod.Put, PoolPath(pool, "canary"), request, token);

    public Task<Outcome<PoolView>> CancelCanaryAsync(string pool, CancellationToken token) =>
        SendAsync<PoolView>(HttpMethod.Delete, PoolPath(pool, "canary"), null, token);

    public Task<Outcome<PushView>> PromoteCanaryAsync(string pool, PromoteCanaryRequest request, CancellationToken token) =>
        SendAsync<PushView>(HttpMethod.Post, PoolPath(pool, "canary/promote"), request, token);

    public Task<Outcome<List<EntitlementView>>> EntitlementsAsync(string pool, CancellationToken token) =>
        ListAsync<EntitlementView>(PoolPath(pool, "entitlements"), token);

    public Task<Outcome<Done>> EntitleAsync(EntitlementView entitlement, CancellationToken token) => SendAsync(HttpMethod.Put, EntitlementPath(entitlement), token);

    public Task<Outcome<Done>> DisentitleAsync(EntitlementView entitlement, CancellationToken token) => SendAsync(HttpMethod.Delete, EntitlementPath(entitlement), token);

    private static string EntitlementPath(EntitlementView entitlement) =>
        PoolPath(entitlement.Pool, entitlement.User is { } user ? $"entitlements/users/{Part(user)}" : $"entitlements/groups/{Part(entitlement.Group ?? "")}");

    private static string PoolPath(string pool) => $"pools/{Part(pool)}";

    private static string PoolPath(string pool, string rest) => $"pools/{Part(pool)}/{rest}";
}
