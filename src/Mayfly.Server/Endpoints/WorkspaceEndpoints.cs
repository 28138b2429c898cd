using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Workspaces;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

/// <summary>Workspaces: who gets which desktops, applications and settings, in one.</summary>
internal static class WorkspaceEndpoints
{
    public static void MapWorkspaces(this RouteGroupBuilder group)
    {
        // Of the whole house: they name pools, applications, users and groups alike.
        var routes = group.MapGroup("/workspaces").WithTags("Workspaces").ProducesProblem(409);
        routes.MapGet("", ListAsync).Needs(Permission.ViewApps).WithName("ListWorkspaces").WithSummary("All workspaces, and where the house is not as they say.");
        routes.MapPut("/{name}", SetAsync).Needs(Permission.ManageUsers).WithName("SetWorkspace").WithSummary("Makes one or changes one, and makes the house so.");
        routes.MapPost("/{name}/repair", RepairAsync).Needs(Permission.ManageUsers).WithName("RepairWorkspace").WithSummary("Makes the house as it says.");
        routes.MapDelete("/{name}", RemoveAsync).Needs(Permission.ManageUsers).WithName("RemoveWorkspace").WithSummary("Removes one, and with withdraw=true what it gave and no other gives.");
    }

    internal static async Task<Ok<IReadOnlyList<WorkspaceView>>> ListAsync(WorkspaceBook book, CancellationToken cancellationToken) =>
        TypedResults.Ok(await book.ListAsync(cancellationToken));

    internal static async Task<Results<Ok<WorkspaceView>, ProblemHttpResult>> SetAsync(
        string name, Workspace workspace, ClaimsPrincipal caller, WorkspaceDesk desk, CancellationToken cancellationToken) =>
        (await desk.SetAsync(name, workspace, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<WorkspaceView>, ProblemHttpResult>> RepairAsync(string name, ClaimsPrincipal caller, WorkspaceDesk desk, CancellationToken cancellationToken) =>
        (await desk.RepairAsync(name, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string name, ClaimsPrincipal caller, WorkspaceDesk desk, CancellationToken cancellationToken, bool withdraw = false) =>
        (await desk.RemoveAsync(name, withdraw, caller.Name(), cancellationToken)).AsNoContent();
}
