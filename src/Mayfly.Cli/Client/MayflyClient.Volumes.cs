using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Client;

internal sealed partial class MayflyClient
{
    /// <summary>Volumes; null leaves a filter open.</summary>
    public Task<Outcome<List<VolumeView>>> VolumesAsync(string? user, string? pool, VolumeState? state, CancellationToken token) =>
        AllAsync<VolumeView>(Query.Of("volumes", ("user", user), ("pool", pool), ("state", state?.ToString())), token);

    public Task<Outcome<VolumeDetails>> VolumeAsync(string id, CancellationToken token) => GetAsync<VolumeDetails>(VolumePath(id), token);

    public Task<Outcome<VolumeDetails>> ImportVolumeAsync(ImportVolumeRequest request, CancellationToken token) =>
        SendAsync<VolumeDetails>(HttpMethod.Post, "volumes", request, token);

    public Task<Outcome<VolumeDetails>> GrowVolumeAsync(string id, GrowVolumeRequest request, CancellationToken token) =>
        SendAsync<VolumeDetails>(HttpMethod.Post, VolumePath(id, "grow"), request, token);

    public Task<Outcome<VolumeDetails>> SnapshotVolumeAsync(string id, CancellationToken token) =>
        SendAsync<VolumeDetails>(HttpMethod.Post, VolumePath(id, "snapshot"), null, token);

    public Task<Outcome<VolumeDetails>> RestoreVolumeAsync(string id, RestoreVolumeRequest request, CancellationToken token) =>
        SendAsync<VolumeDetails>(HttpMethod.Post, VolumePath(id, "restore"), request, token);

    public Task<Outcome<VolumeDetails>> MoveVolumeAsync(string id, MoveVolumeRequest request, CancellationToken token) =>
        SendAsync<VolumeDetails>(HttpMethod.Post, VolumePath(id, "move"), request, token);

    public Task<Outcome<VolumeDetails>> EnableVolumeAsync(string id, EnableVolumeRequest request, CancellationToken token) =>
        SendAsync<VolumeDetails>(HttpMethod.Put, VolumePath(id, "enabled"), request, token);

    public Task<Outcome<Done>> ExportVolumeAsync(string id, string file, CancellationToken token) => SaveAsync(VolumePath(id, "file"), file, token);

    public Task<Outcome<Done>> RemoveVolumeAsync(string id, CancellationToken token) => SendAsync(HttpMethod.Delete, VolumePath(id), token);

    private static string VolumePath(string id, string? below = null) => $"volumes/{Part(id)}" + (below is null ? "" : "/" + below);
}
