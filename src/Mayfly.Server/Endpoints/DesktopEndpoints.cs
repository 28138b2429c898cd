using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Sessions;
using Mayfly.Control.Signals;
using Mayfly.Server.Auth;
using Mayfly.Server.Displays;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

/// <summary>The user portal: each caller sees and handles what is theirs.</summary>
internal static class DesktopEndpoints
{
    public static void MapDesktops(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("").WithTags("Desktops");
        routes.MapGet("/desktops", ListAsync).WithName("ListDesktops").WithSummary("The caller's desktops: one card for each pool they may use.");
        routes.MapGet("/desktops/events", Watch).WithName("WatchDesktops").WithSummary("Server-sent events: the whole list of cards, now and whenever it changes.");
        routes.MapPost("/desktops/{pool}/open", OpenAsync).ProducesProblem(503).WithName("OpenDesktop")
            .WithSummary("Lends a machine, or returns the one the caller has; waits for one up to 30 s.");
        routes.MapPost("/sessions/{id}/display-ticket", TicketAsync).WithName("MakeSessionDisplayTicket").WithSummary("Leave to open the session's display once.");
        routes.MapDelete("/sessions/{id}", LogOffAsync).WithName("LogOff").WithSummary("Logs off; answers when the machine is destroyed.");
    }

    private static async Task<Ok<IReadOnlyList<DesktopCard>>> ListAsync(ClaimsPrincipal caller, DesktopCards cards, CancellationToken cancellationToken) =>
        TypedResults.Ok(await cards.ListAsync(caller.Name(), cancellationToken));

    private static ServerSentEventsResult<IReadOnlyList<DesktopCard>> Watch(
        ClaimsPrincipal caller, DesktopCards cards, Lifetimes lifetimes, IHostApplicationLifetime house)
    {
        var lease = caller.HoldSignIn(lifetimes, house.ApplicationStopping);
        return ServerEvents.Stream(lease, token => cards.WatchAsync(caller.Name(), token));
    }

    private static async Task<Results<Ok<SessionView>, ProblemHttpResult>> OpenAsync(
        string pool, ClaimsPrincipal caller, SessionBroker broker, CancellationToken cancellationToken) =>
        (await broker.OpenAsync(caller.Name(), pool, cancellationToken)).AsOk();

    private static async Task<Results<Ok<DisplayTicket>, ProblemHttpResult>> TicketAsync(
        string id, ClaimsPrincipal caller, DisplayDoor door, CancellationToken cancellationToken) =>
        (await door.IssueForSessionAsync(id, caller, cancellationToken)).AsOk();

    private static async Task<Results<NoContent, ProblemHttpResult>> LogOffAsync(
        string id, ClaimsPrincipal caller, SessionDesk desk, CancellationToken cancellationToken) =>
        (await desk.LogOffAsync(id, caller.IsAdministrator() ? null : caller.Name(), caller.Name(), cancellationToken)).AsNoContent();
}
