using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Apps;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Mayfly.Server.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

/// <summary>Applications and who gets them.</summary>
internal static class AppEndpoints
{
    public static void MapApps(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/apps").WithTags("Apps");
        routes.MapGet("", ListAsync).Needs(Permission.ViewApps).WithName("ListApps").WithSummary("Applications by name with their packages and assignments.");
        routes.MapPost("", CreateAsync).Needs(Permission.ManageApps).Idempotent().WithName("CreateApp").WithSummary("Adds an application.");
        routes.MapGet("/{app}", FindAsync).Needs(Permission.ViewApps).WithName("GetApp").WithSummary("One application.");
        routes.MapPatch("/{app}", ChangeAsync).Needs(Permission.ManageApps).WithName("ChangeApp").WithSummary("Changes an application.");
        routes.MapDelete("/{app}", RemoveAsync).Needs(Permission.ManageApps).WithName("RemoveApp").WithSummary("Removes an application with its packages, when nothing uses it.");
        routes.MapPut("/{app}/current", SetCurrentAsync).Needs(Permission.ManageApps).WithName("SetCurrentPackage").WithSummary("Points its marker to a version: who is assigned the marker gets that one at the next logon.");
        routes.MapGet("/{app}/assignments", AssignmentsAsync).Needs(Permission.ViewApps).WithName("ListAppAssignments").WithSummary(
            "Who gets it. Of several that match, a named version beats the marker, a user's beats a group's beats a pool's, then the higher version wins.");
        routes.MapPost("/{app}/assignments", AssignAsync).Needs(Permission.ManageApps).Idempotent().WithName("AssignApp").WithSummary("Assigns it to a user, a group or a pool.");
        routes.MapDelete("/{app}/assignments/{id}", UnassignAsync).Needs(Permission.ManageApps).WithName("UnassignApp").WithSummary("Takes that back; sessions in progress keep what they have.");
        group.MapPackages();
    }

    internal static async Task<Results<Ok<Page<AppView>>, ProblemHttpResult>> ListAsync(
        AppBook apps, CancellationToken cancellationToken, string? search = null, string? after = null, int limit = Paging.Usual) =>
        Paging.Complaint(limit) is { } complaint ? complaint.ToProblem() : TypedResults.Ok(await apps.ListAsync(search, after, limit, cancellationToken));

    internal static async Task<Results<Created<AppView>, ProblemHttpResult>> CreateAsync(
        CreateAppRequest request, ClaimsPrincipal caller, AppBook apps, CancellationToken cancellationToken) =>
        (await apps.CreateAsync(request, caller.Name(), cancellationToken)).Answer(made => TypedResults.Created($"/api/v1/apps/{made.Name}", made));

    internal static async Task<Results<Ok<AppView>, ProblemHttpResult>> FindAsync(string app, AppBook apps, CancellationToken cancellationToken) =>
        (await apps.FindAsync(app, cancellationToken)).AsOk();

    private static async Task<Results<Ok<AppView>, ProblemHttpResult>> ChangeAsync(
        string app, ChangeAppRequest request, ClaimsPrincipal caller, AppBook apps, CancellationToken cancellationToken) =>
        (await apps.ChangeAsync(app, request, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string app, ClaimsPrincipal caller, AppBook apps, CancellationToken cancellationToken) =>
        (await apps.RemoveAsync(app, caller.Name(), cancellationToken)).AsNoContent();

    internal static async Task<Results<Ok<AppView>, ProblemHttpResult>> SetCurrentAsync(
        string app, SetCurrentRequest request, ClaimsPrincipal caller, AppBook apps, CancellationToken cancellationToken) =>
        (await apps.SetCurrentAsync(app, request.Version, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<AppAssignmentView[]>, ProblemHttpResult>> AssignmentsAsync(string app, AssignmentBook assignments, CancellationToken cancellationToken) =>
        (await assignments.ListAsync(app, cancellationToken)).AsOk();

    internal static async Task<Results<Ok<AppAssignmentView>, ProblemHttpResult>> AssignAsync(
        string app, AssignAppRequest request, ClaimsPrincipal caller, AssignmentBook assignments, CancellationToken cancellationToken) =>
        (await assignments.AddAsync(app, request, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> UnassignAsync(
        string app, string id, ClaimsPrincipal caller, AssignmentBook assignments, CancellationToken cancellationToken) =>
        (await assignments.RemoveAsync(app, id, caller.Name(), cancellationToken)).AsNoContent();
}
