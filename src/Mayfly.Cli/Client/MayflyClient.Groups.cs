using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Client;

internal sealed partial class MayflyClient
{
    public Task<Outcome<List<GroupView>>> GroupsAsync(CancellationToken token) => ListAsync<GroupView>("groups", token);

    public Task<Outcome<GroupView>> AddGroupAsync(AddGroupRequest request, CancellationToken token) =>
        SendAsync<GroupView>(HttpMethod.Post, "groups", request, token);

    public Task<Outcome<Done>> RemoveGroupAsync(string group, CancellationToken token) => SendAsync(HttpMethod.Delete, $"groups/{Part(group)}", token);

    public Task<Outcome<List<string>>> MembersAsync(string group, CancellationToken token) => ListAsync<string>($"groups/{Part(group)}/members", token);

    public Task<Outcome<Done>> AddMemberAsync(string group, string user, CancellationToken token) => SendAsync(HttpMethod.Put, MemberPath(group, user), token);

    public Task<Outcome<Done>> RemoveMemberAsync(string group, string user, CancellationToken token) =>
        SendAsync(HttpMethod.Delete, MemberPath(group, user), token);

    public Task<Outcome<List<RoleGrantView>>> RolesAsync(CancellationToken token) => ListAsync<RoleGrantView>("roles", token);

    public Task<Outcome<RoleGrantView>> GrantRoleAsync(GrantRoleRequest request, CancellationToken token) =>
        SendAsync<RoleGrantView>(HttpMethod.Post, "roles", request, token);

    public Task<Outcome<Done>> RevokeRoleAsync(string id, CancellationToken token) => SendAsync(HttpMethod.Delete, $"roles/{Part(id)}", token);

    private static string MemberPath(string group, string user) => $"groups/{Part(group)}/members/{Part(user)}";
}
