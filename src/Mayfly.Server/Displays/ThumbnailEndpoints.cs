using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Machines;
using Mayfly.Control.Sessions;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Microsoft.Net.Http.Headers;

namespace Mayfly.Server.Displays;

/// <summary>Small pictures of screens, for lists of machines and cards of desktops.</summary>
internal static class ThumbnailEndpoints
{
    private const string Jpeg = "image/jpeg";

    public static void MapThumbnails(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/machines/{machine}/thumbnail", OfMachineAsync).Needs(Permission.ViewMachines)
            .Described("GetMachineThumbnail", "Machines", "The machine's screen as a small JPEG picture, at most 10 s old.");
        app.MapGet("/api/v1/sessions/{session}/thumbnail", OfSessionAsync)
            .Described("GetSessionThumbnail", "Desktops", "The screen of the caller's own session as a small JPEG picture, at most 10 s old.");
    }

    private static void Described(this RouteHandlerBuilder route, string name, string tag, string summary) =>
        route.Produces(StatusCodes.Status200OK, contentType: Jpeg).Produces(StatusCodes.Status304NotModified).ProducesProblem(404).ProducesProblem(409).ProducesProblem(504)
            .WithName(name).WithTags(tag).WithSummary(summary);

    internal static async Task<IResult> OfMachineAsync(
        string machine, HttpContext context, MachineCatalog machines, ThumbnailCache thumbnails, CancellationToken cancellationToken) =>
        (await machines.FindAsync(machine, cancellationToken)).TryGet(out var found, out var fault)
            ? await AnswerAsync(found.Id, context, thumbnails, cancellationToken)
            : fault.ToProblem();

    internal static async Task<IResult> OfSessionAsync(
        string session, HttpContext context, ClaimsPrincipal caller, SessionDesk desk, ThumbnailCache thumbnails, CancellationToken cancellationToken) =>
        await desk.MachineOfAsync(session, caller.Name(), cancellationToken) is { } machineId
            ? await AnswerAsync(machineId, context, thumbnails, cancellationToken)
            : DisplayDoor.NoSession.ToProblem();

    private static async Task<IResult> AnswerAsync(string machineId, HttpContext context, ThumbnailCache thumbnails, CancellationToken cancellationToken)
    {
        if (!(await thumbnails.GetAsync(machineId, cancellationToken)).TryGet(out var picture, out var fault)) return fault.ToProblem();
        context.Response.Headers.CacheControl = $"private, max-age={ThumbnailCache.Life.TotalSeconds:F0}";
        return Results.Bytes(picture.Jpeg, Jpeg, entityTag: new EntityTagHeaderValue($"\"{picture.Tag}\""));
    }
}
