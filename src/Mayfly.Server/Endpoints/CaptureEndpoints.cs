using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Captures;
using Mayfly.Control.Signals;
using Mayfly.Server.Auth;
using Mayfly.Server.Displays;
using Mayfly.Server.Faults;
using Mayfly.Server.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

/// <summary>Captures: packages made by installing.</summary>
internal static class CaptureEndpoints
{
    public static void MapCaptures(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/captures").WithTags("Apps");
        routes.MapGet("", ListAsync).Needs(Permission.ViewApps).WithName("ListCaptures").WithSummary("Captures, newest first.");
        routes.MapPost("", BeginAsync).Needs(Permission.ManageApps).Idempotent().WithName("BeginCapture").WithSummary("Begins a capture on a machine of its own.");
        routes.MapGet("/{id}", FindAsync).Needs(Permission.ViewApps).WithName("GetCapture").WithSummary("One capture.");
        routes.MapGet("/{id}/events", WatchAsync).Needs(Permission.ViewApps).WithName("WatchCapture").WithSummary("Server-sent events: the capture now and at each change; ends with it.");
        routes.MapPost("/{id}/finish", FinishAsync).Needs(Permission.ManageApps).WithName("FinishCapture").WithSummary("Packs what was installed by hand.");
        routes.MapDelete("/{id}", CancelAsync).Needs(Permission.ManageApps).WithName("CancelCapture").WithSummary("Gives it up; answers when its machine is destroyed.");
        routes.MapPost("/{id}/display-ticket", TicketAsync).Needs(Permission.ManageApps).WithName("MakeCaptureDisplayTicket").WithSummary("Leave to open the screen of its machine once; always an event.");
    }

    internal static async Task<Results<Ok<Page<CaptureView>>, ProblemHttpResult>> ListAsync(
        CaptureBook captures, CancellationToken cancellationToken, string? app = null, bool? open = null, string? after = null, int limit = Paging.Usual) =>
        Paging.Complaint(limit) is { } complaint ? complaint.ToProblem() : (await captures.ListAsync(app, open, after, limit, cancellationToken)).AsOk();

    internal static async Task<Results<Accepted<CaptureView>, ProblemHttpResult>> BeginAsync(
        BeginCaptureRequest request, ClaimsPrincipal caller, CaptureBook captures, CancellationToken cancellationToken) =>
        (await captures.BeginAsync(request, caller.Name(), cancellationToken)).Answer(begun => TypedResults.Accepted($"/api/v1/captures/{begun.Id}", begun));

    internal static async Task<Results<Ok<CaptureView>, ProblemHttpResult>> FindAsync(string id, CaptureBook captures, CancellationToken cancellationToken) =>
        (await captures.FindAsync(id, cancellationToken)).AsOk();

    internal static async Task<Results<ServerSentEventsResult<CaptureView>, ProblemHttpResult>> WatchAsync(
        string id, ClaimsPrincipal caller, CaptureBook captures, Lifetimes lifetimes, IHostApplicationLifetime house, CancellationToken cancellationToken) =>
        (await captures.FindAsync(id, cancellationToken)).Answer(_ =>
        {
            var lease = caller.HoldSignIn(lifetimes, house.ApplicationStopping);
            return ServerEvents.Stream(lease, token => captures.WatchAsync(id, token));
        });

    internal static async Task<Results<Ok<CaptureView>, ProblemHttpResult>> FinishAsync(string id, CaptureBook captures, CancellationToken cancellationToken) =>
        (await captures.FinishAsync(id, cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> CancelAsync(string id, ClaimsPrincipal caller, CaptureBook captures, CancellationToken cancellationToken) =>
        (await captures.CancelAsync(id, caller.Name(), cancellationToken)).AsNoContent();

    internal static async Task<Results<Ok<DisplayTicket>, ProblemHttpResult>> TicketAsync(string id, ClaimsPrincipal caller, DisplayDoor door, CancellationToken cancellationToken) =>
        (await door.IssueForCaptureAsync(id, caller, cancellationToken)).AsOk();
}
