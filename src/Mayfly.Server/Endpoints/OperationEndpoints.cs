using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Operations;
using Mayfly.Control.Signals;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

internal static class OperationEndpoints
{
    public static void MapOperations(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/operations").WithTags("Operations");
        routes.MapGet("", (OperationBoard board) => TypedResults.Ok(board.List())).Needs(Permission.ViewImages).WithName("ListOperations").WithSummary("Long jobs, newest first.");
        routes.MapGet("/{id}", Find).Needs(Permission.ViewImages).WithName("GetOperation").WithSummary("One long job.");
        routes.MapGet("/{id}/events", Watch).Needs(Permission.ViewImages).WithName("WatchOperation").WithSummary("Server-sent events: the operation now and at each change; ends with it.");
    }

    internal static Results<Ok<OperationView>, ProblemHttpResult> Find(string id, OperationBoard board) => board.Find(id).AsOk();

    internal static Results<ServerSentEventsResult<OperationView>, ProblemHttpResult> Watch(
        string id, ClaimsPrincipal caller, OperationBoard board, Lifetimes lifetimes, IHostApplicationLifetime house) =>
        board.Watch(id).Answer(watch =>
        {
            var lease = caller.HoldSignIn(lifetimes, house.ApplicationStopping);
            return ServerEvents.Stream(lease, watch);
        });
}
