using System.Security.Claims;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Sessions;
using Mayfly.Control.Signals;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Mayfly.Server.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

/// <summary>The user portal: each caller sees and handles what is theirs.</summary>
internal static class DesktopEndpoints
{
    public static void MapDesktops(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/desktops").WithTags("Desktops");
        routes.MapGet("", ListAsync).WithName("ListDesktops").WithSummary("The caller's desktops: one card for each pool they may use.");
        routes.MapGet("/events", Watch).WithName("WatchDesktops").WithSummary("Server-sent events: the whole list of cards, now and whenever it changes.");
        routes.MapGet("/history", HistoryAsync).WithName("ListMySessions").WithSummary("The caller's sessions, ended ones too, newest first.");
        routes.MapPost("/{pool}/open", OpenAsync).ProducesProblem(409).ProducesProblem(503).Idempotent().WithName("OpenDesktop")
            .WithSummary("Lends a machine, or returns the one the caller has; waits for one up to 30 s.");
        routes.MapGet("/{pool}/opening", Opening).WithName("WatchOpening")
            .WithSummary("The same as server-sent events: opens the desktop and tells each step, until it is Ready or Failed.");
        routes.MapPost("/{pool}/reset", ResetAsync).ProducesProblem(409).WithName("ResetDesktop").WithSummary("Resets the caller's machine, where the pool lets users do so.");
    }

    internal static async Task<Ok<IReadOnlyList<DesktopCard>>> ListAsync(ClaimsPrincipal caller, DesktopCards cards, CancellationToken cancellationToken) =>
        TypedResults.Ok(await cards.ListAsync(caller.Name(), cancellationToken));

    internal static ServerSentEventsResult<IReadOnlyList<DesktopCard>> Watch(
        ClaimsPrincipal caller, DesktopCards cards, Lifetimes lifetimes, IHostApplicationLifetime house)
    {
        var lease = caller.HoldSignIn(lifetimes, house.ApplicationStopping);
        return ServerEvents.Stream(lease, token => cards.WatchAsync(caller.Name(), token));
    }

    internal static async Task<Results<Ok<Page<SessionView>>, ProblemHttpResult>> HistoryAsync(
        ClaimsPrincipal caller, SessionReader sessions, CancellationToken cancellationToken, string? after = null, int limit = Paging.Usual)
    {
        if (Paging.Complaint(limit) is { } complaint) return complaint.ToProblem();
        return (await sessions.ListAsync(new SessionFilter(PoolScope.House) { User = caller.Name() }, after, limit, cancellationToken)).AsOk();
    }

    internal static async Task<Results<Ok<SessionView>, ProblemHttpResult>> OpenAsync(
        string pool, HttpContext http, ClaimsPrincipal caller, SessionBroker broker, CancellationToken cancellationToken, bool withoutVolume = false) =>
        (await broker.OpenAsync(caller.Name(), pool, cancellationToken, withoutVolume, http.Connection.RemoteIpAddress?.ToString())).AsOk();

    internal static Results<ServerSentEventsResult<OpeningView>, ProblemHttpResult> Opening(
        string pool, HttpRequest request, ClaimsPrincipal caller, SessionBroker broker, Lifetimes lifetimes, IHostApplicationLifetime house, bool withoutVolume = false)
    {
        // It does something, though it is a GET, and a picture on a page of a neighbour of this host would send the cookie along.
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
            return new Fault(ErrorCode.Forbidden, "The request does not come from Mayfly's own pages.", null, "Use Mayfly's console, or an API token.").ToProblem();
        var lease = caller.HoldSignIn(lifetimes, house.ApplicationStopping);
        var address = request.HttpContext.Connection.RemoteIpAddress?.ToString();
        return ServerEvents.Stream(lease, token => broker.OpeningAsync(caller.Name(), pool, token, withoutVolume, address));
    }

    internal static async Task<Results<NoContent, ProblemHttpResult>> ResetAsync(
        string pool, ClaimsPrincipal caller, DesktopReset reset, CancellationToken cancellationToken) =>
        (await reset.ResetAsync(caller.Name(), pool, cancellationToken)).AsNoContent();
}
