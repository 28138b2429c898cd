using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Pushing;
using Mayfly.Control.Signals;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Mayfly.Server.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

/// <summary>Push image, rollback and canary.</summary>
internal static class PushEndpoints
{
    public static void MapPushes(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/pools/{pool}").WithTags("Push image");
        routes.MapGet("/pushes", ListAsync).Needs(Permission.ViewPools).WithName("ListPushes").WithSummary("The pushes of a pool, newest first.");
        routes.MapPost("/push", BeginAsync).Needs(Permission.PushImages).Idempotent().WithName("PushImage").WithSummary("Moves a pool to another image version, which is published first when it is not.");
        routes.MapGet("/push/events", WatchAsync).Needs(Permission.ViewPools).WithName("WatchPush").WithSummary("Server-sent events: the latest push now and at each change; ends with it.");
        routes.MapPost("/push/pause", PauseAsync).Needs(Permission.PushImages).WithName("PausePush").WithSummary("No further machine is replaced.");
        routes.MapPost("/push/resume", ResumeAsync).Needs(Permission.PushImages).WithName("ResumePush").WithSummary("A paused push goes on.");
        routes.MapPost("/push/cancel", CancelAsync).Needs(Permission.PushImages).WithName("CancelPush").WithSummary("Gives a push up; machines replaced already go back.");
        routes.MapPost("/rollback", RollBackAsync).Needs(Permission.PushImages).WithName("RollBack").WithSummary("Goes back to a kept version at once.");
        routes.MapPut("/canary", SetCanaryAsync).Needs(Permission.PushImages).WithName("SetCanary").WithSummary("Puts a second version on chosen machines.");
        routes.MapDelete("/canary", CancelCanaryAsync).Needs(Permission.PushImages).WithName("CancelCanary").WithSummary("Gives the second version up; its machines go back.");
        routes.MapPost("/canary/promote", PromoteAsync).Needs(Permission.PushImages).WithName("PromoteCanary").WithSummary("Pushes the second version to the whole pool.");
    }

    internal static async Task<Results<Ok<IReadOnlyList<PushView>>, ProblemHttpResult>> ListAsync(string pool, PushReader pushes, CancellationToken cancellationToken) =>
        (await pushes.ListAsync(pool, cancellationToken)).AsOk();

    internal static async Task<Results<Ok<PushView>, ProblemHttpResult>> BeginAsync(
        string pool, PushImageRequest request, ClaimsPrincipal caller, PushDesk pushes, CancellationToken cancellationToken) =>
        (await pushes.BeginAsync(pool, request, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<ServerSentEventsResult<PushView>, ProblemHttpResult>> WatchAsync(
        string pool, ClaimsPrincipal caller, PushReader pushes, Lifetimes lifetimes, IHostApplicationLifetime house, CancellationToken cancellationToken) =>
        (await pushes.WatchAsync(pool, cancellationToken)).Answer(watch =>
        {
            var lease = caller.HoldSignIn(lifetimes, house.ApplicationStopping);
            return ServerEvents.Stream(lease, watch);
        });

    internal static async Task<Results<Ok<PushView>, ProblemHttpResult>> PauseAsync(string pool, ClaimsPrincipal caller, PushDesk pushes, CancellationToken cancellationToken) =>
        (await pushes.PauseAsync(pool, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<PushView>, ProblemHttpResult>> ResumeAsync(string pool, ClaimsPrincipal caller, PushDesk pushes, CancellationToken cancellationToken) =>
        (await pushes.ResumeAsync(pool, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<PushView>, ProblemHttpResult>> CancelAsync(string pool, ClaimsPrincipal caller, PushDesk pushes, CancellationToken cancellationToken) =>
        (await pushes.CancelAsync(pool, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<PushView>, ProblemHttpResult>> RollBackAsync(
        string pool, RollbackRequest request, ClaimsPrincipal caller, PushDesk pushes, CancellationToken cancellationToken) =>
        (await pushes.RollBackAsync(pool, request, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<PoolView>, ProblemHttpResult>> SetCanaryAsync(
        string pool, CanaryRequest request, ClaimsPrincipal caller, CanaryDesk canaries, CancellationToken cancellationToken) =>
        (await canaries.SetAsync(pool, request, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<PoolView>, ProblemHttpResult>> CancelCanaryAsync(
        string pool, ClaimsPrincipal caller, CanaryDesk canaries, CancellationToken cancellationToken) =>
        (await canaries.CancelAsync(pool, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<PushView>, ProblemHttpResult>> PromoteAsync(
        string pool, PromoteCanaryRequest request, ClaimsPrincipal caller, CanaryDesk canaries, CancellationToken cancellationToken) =>
        (await canaries.PromoteAsync(pool, request, caller.Name(), cancellationToken)).AsOk();
}
