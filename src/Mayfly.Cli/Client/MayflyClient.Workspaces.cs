using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Client;

internal sealed partial class MayflyClient
{
    public Task<Outcome<List<WorkspaceView>>> WorkspacesAsync(CancellationToken token) => ListAsync<WorkspaceView>("workspaces", token);

    public Task<Outcome<WorkspaceView>> SetWorkspaceAsync(string name, Workspace workspace, CancellationToken token) =>
        SendAsync<WorkspaceView>(HttpMethod.Put, $"workspaces/{Part(name)}", workspace, token);

    public Task<Outcome<WorkspaceView>> RepairWorkspaceAsync(string name, CancellationToken token) =>
        SendAsync<WorkspaceView>(HttpMethod.Post, $"workspaces/{Part(name)}/repair", null, token);

    public Task<Outcome<Done>> RemoveWorkspaceAsync(string name, bool withdraw, CancellationToken token) =>
        SendAsync(HttpMethod.Delete, Query.Of($"workspaces/{Part(name)}", ("withdraw", withdraw ? "true" : null)), token);
}
