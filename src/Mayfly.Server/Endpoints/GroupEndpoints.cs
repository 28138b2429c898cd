using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Groups;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Mayfly.Server.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

/// <summary>Groups of users, and the roles of both.</summary>
internal static class GroupEndpoints
{
    public static void MapGroups(this RouteGroupBuilder group)
    {
        var groups = group.MapGroup("/groups").WithTags("Users");
        groups.MapGet("", ListAsync).Needs(Permission.ViewUsers).WithName("ListGroups").WithSummary("All groups.");
        groups.MapPost("", AddAsync).Needs(Permission.ManageUsers).Idempotent().WithName("AddGroup").WithSummary("Adds a local group, or one that stands for a directory's.");
        groups.MapDelete("/{group}", RemoveAsync).Needs(Permission.ManageUsers).WithName("RemoveGroup").WithSummary("Removes a group with its roles and entitlements; its users stay.");
        groups.MapGet("/{group}/members", MembersAsync).Needs(Permission.ViewUsers).WithName("ListMembers").WithSummary("Names of the users in a group.");
        groups.MapPut("/{group}/members/{user}", AddMemberAsync).Needs(Permission.ManageUsers).WithName("AddMember").WithSummary("Puts a user into a local group.");
        groups.MapDelete("/{group}/members/{user}", RemoveMemberAsync).Needs(Permission.ManageUsers).WithName("RemoveMember").WithSummary("Takes a user out of it.");
        var roles = group.MapGroup("/roles").WithTags("Users");
        roles.MapGet("", RolesAsync).Needs(Permission.ViewUsers).WithName("ListRoles").WithSummary("Who has which role, and where.");
        roles.MapPost("", GrantAsync).Needs(Permission.ManageUsers).Idempotent().WithName("GrantRole").WithSummary("Gives a role to a user or a group, over the house or one pool.");
        roles.MapDelete("/{id}", RevokeAsync).Needs(Permission.ManageUsers).WithName("RevokeRole").WithSummary("Takes it back, at once.");
    }

    internal static async Task<Ok<IReadOnlyList<GroupView>>> ListAsync(GroupBook groups, CancellationToken cancellationToken) =>
        TypedResults.Ok(await groups.ListAsync(cancellationToken));

    internal static async Task<Results<Created<GroupView>, ProblemHttpResult>> AddAsync(
        AddGroupRequest request, ClaimsPrincipal caller, GroupBook groups, CancellationToken cancellationToken) =>
        (await groups.AddAsync(request, caller.Name(), cancellationToken)).Answer(added => TypedResults.Created($"/api/v1/groups/{added.Name}", added));

    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string group, ClaimsPrincipal caller, GroupBook groups, CancellationToken cancellationToken) =>
        (await groups.RemoveAsync(group, caller.Name(), cancellationToken)).AsNoContent();

    internal static async Task<Results<Ok<string[]>, ProblemHttpResult>> MembersAsync(string group, GroupBook groups, CancellationToken cancellationToken) =>
        (await groups.MembersAsync(group, cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> AddMemberAsync(
        string group, string user, ClaimsPrincipal caller, GroupBook groups, CancellationToken cancellationToken) =>
        (await groups.AddMemberAsync(group, user, caller.Name(), cancellationToken)).AsNoContent();

    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveMemberAsync(
        string group, string user, ClaimsPrincipal caller, GroupBook groups, CancellationToken cancellationToken) =>
        (await groups.RemoveMemberAsync(group, user, caller.Name(), cancellationToken)).AsNoContent();

    internal static async Task<Ok<IReadOnlyList<RoleGrantView>>> RolesAsync(RoleBook roles, CancellationToken cancellationToken) =>
        TypedResults.Ok(await roles.ListAsync(cancellationToken));

    internal static async Task<Results<Ok<RoleGrantView>, ProblemHttpResult>> GrantAsync(
        GrantRoleRequest request, ClaimsPrincipal caller, RoleBook roles, CancellationToken cancellationToken) =>
        (await roles.GrantAsync(request, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(string id, ClaimsPrincipal caller, RoleBook roles, CancellationToken cancellationToken) =>
        (await roles.RevokeAsync(id, caller.Name(), cancellationToken)).AsNoContent();
}
