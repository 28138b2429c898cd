using System.Security.Claims;
using System.Text.Json;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Signals;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Mayfly.Server.Endpoints;

/// <summary>What happened, and that something happens.</summary>
internal static class EventEndpoints
{
    private const string Lines = "application/x-ndjson";
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public static void MapEvents(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("").WithTags("Events");
        routes.MapGet("/events", ListAsync).NeedsAnywhere(Permission.ViewEvents).WithName("ListEvents")
            .WithSummary("Events in parts: those after a number, oldest first; without one, the newest first, and the next part is what came before the last.");
        routes.MapGet("/events/export", Export).NeedsAnywhere(Permission.ViewEvents).Produces<EventView>(StatusCodes.Status200OK, Lines).WithName("ExportEvents")
            .WithSummary("All events of a time as lines of JSON, oldest first.");
        routes.MapGet("/changes", Watch).NeedsAnywhere(Permission.ViewPools).WithName("WatchChanges")
            .WithSummary("Server-sent events: one message at once, and one whenever something that can be seen may have changed, at most four a second.");
    }

    internal static async Task<Results<Ok<Page<EventView>>, ProblemHttpResult>> ListAsync(
        [AsParameters] EventQuery query, ClaimsPrincipal caller, EventLog events, CancellationToken cancellationToken, int limit = Paging.Usual)
    {
        var filter = query.ToFilter();
        if ((Paging.Complaint(limit) ?? filter.Complaint()) is { } complaint) return complaint.ToProblem();
        return TypedResults.Ok(await events.PageAsync(caller.Rights().ScopeOf(Permission.ViewEvents), filter, query.After, query.Before, limit, cancellationToken));
    }

    internal static PushStreamHttpResult Export(
        HttpContext context, ClaimsPrincipal caller, EventLog events, Lifetimes lifetimes, IHostApplicationLifetime house, IOptions<JsonOptions> json,
        DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var scope = caller.Rights().ScopeOf(Permission.ViewEvents);
        return TypedResults.Stream(
            async body =>
            {
                using var lease = caller.HoldSignIn(lifetimes, house.ApplicationStopping);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(lease.Token, context.RequestAborted);
                await WriteAsync(body, events.ExportAsync(scope, new EventFilter { From = from, To = to }, either.Token), json.Value.SerializerOptions, either.Token);
            },
            Lines, "mayfly-events.jsonl");
    }

    private static async Task WriteAsync(Stream body, IAsyncEnumerable<EventView> found, JsonSerializerOptions json, CancellationToken cancellationToken)
    {
        await foreach (var happened in found.WithCancellation(cancellationToken))
        {
            await JsonSerializer.SerializeAsync(body, happened, json, cancellationToken);
            await body.WriteAsync(LineEnd, cancellationToken);
        }
    }

    internal static ServerSentEventsResult<HouseChange> Watch(ClaimsPrincipal caller, ChangeWatch changes, Lifetimes lifetimes, IHostApplicationLifetime house) =>
        ServerEvents.Stream(caller.HoldSignIn(lifetimes, house.ApplicationStopping), changes.WatchAsync);
}
