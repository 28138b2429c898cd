using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Volumes;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Mayfly.Server.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

/// <summary>Users' writable volumes.</summary>
internal static class VolumeEndpoints
{
    private const string Bytes = "application/octet-stream";

    public static void MapVolumes(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/volumes").WithTags("Volumes").ProducesProblem(422).ProducesProblem(507);
        routes.MapGet("", ListAsync).Needs(Permission.ViewVolumes).WithName("ListVolumes").WithSummary("Volumes by user and operating system, those that match.");
        routes.MapPost("", ImportAsync).Needs(Permission.ManageVolumes).Idempotent().WithName("ImportVolume").WithSummary("Makes a volume of a qcow2 file that lies on the server.");
        routes.MapGet("/{id}", FindAsync).Needs(Permission.ViewVolumes).WithName("GetVolume").WithSummary("One volume with what its file says.");
        routes.MapDelete("/{id}", RemoveAsync).Needs(Permission.ManageVolumes).WithName("RemoveVolume").WithSummary("Removes a volume for good.");
        routes.MapPost("/{id}/grow", GrowAsync).Needs(Permission.ManageVolumes).WithName("GrowVolume").WithSummary("Makes it larger.");
        routes.MapPost("/{id}/snapshot", SnapshotAsync).Needs(Permission.ManageVolumes).WithName("SnapshotVolume").WithSummary("Takes a snapshot.");
        routes.MapPost("/{id}/restore", RestoreAsync).Needs(Permission.ManageVolumes).WithName("RestoreVolume").WithSummary("Goes back to a snapshot, after taking one of what is there now.");
        routes.MapPost("/{id}/move", MoveAsync).Needs(Permission.ManageVolumes).WithName("MoveVolume").WithSummary("Gives it to another user.");
        routes.MapPut("/{id}/enabled", EnableAsync).Needs(Permission.ManageVolumes).WithName("EnableVolume").WithSummary("Lets it be attached, or to no machine.");
        routes.MapGet("/{id}/file", FileAsync).Needs(Permission.ManageVolumes).Produces<byte[]>(StatusCodes.Status200OK, Bytes).WithName("ExportVolume").WithSummary("A copy of it without snapshots, a qcow2 file.");
    }

    internal static async Task<Results<Ok<Page<VolumeView>>, ProblemHttpResult>> ListAsync(
        VolumeBook volumes, CancellationToken cancellationToken,
        string? user = null, string? pool = null, VolumeState? state = null, string? search = null, string? after = null, int limit = Paging.Usual) =>
        Paging.Complaint(limit) is { } complaint ? complaint.ToProblem() : (await volumes.ListAsync(new VolumeFilter(user, pool, state, search), after, limit, cancellationToken)).AsOk();

    internal static async Task<Results<Created<VolumeDetails>, ProblemHttpResult>> ImportAsync(
        ImportVolumeRequest request, ClaimsPrincipal caller, VolumeDesk desk, CancellationToken cancellationToken) =>
        (await desk.ImportAsync(request, caller.Name(), cancellationToken)).Answer(made => TypedResults.Created($"/api/v1/volumes/{made.Volume.Id}", made));

    internal static async Task<Results<Ok<VolumeDetails>, ProblemHttpResult>> FindAsync(string id, VolumeBook volumes, CancellationToken cancellationToken) =>
        (await volumes.FindAsync(id, cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string id, ClaimsPrincipal caller, VolumeDesk desk, CancellationToken cancellationToken) =>
        (await desk.RemoveAsync(id, caller.Name(), cancellationToken)).AsNoContent();

    internal static async Task<Results<Ok<VolumeDetails>, ProblemHttpResult>> GrowAsync(
        string id, GrowVolumeRequest request, ClaimsPrincipal caller, VolumeDesk desk, CancellationToken cancellationToken) =>
        (await desk.GrowAsync(id, request.SizeMib, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<VolumeDetails>, ProblemHttpResult>> SnapshotAsync(string id, ClaimsPrincipal caller, VolumeDesk desk, CancellationToken cancellationToken) =>
        (await desk.SnapshotAsync(id, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<VolumeDetails>, ProblemHttpResult>> RestoreAsync(
        string id, RestoreVolumeRequest request, ClaimsPrincipal caller, VolumeDesk desk, CancellationToken cancellationToken) =>
        (await desk.RestoreAsync(id, request.Snapshot, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<VolumeDetails>, ProblemHttpResult>> MoveAsync(
        string id, MoveVolumeRequest request, ClaimsPrincipal caller, VolumeDesk desk, CancellationToken cancellationToken) =>
        (await desk.MoveAsync(id, request.User, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<VolumeDetails>, ProblemHttpResult>> EnableAsync(
        string id, EnableVolumeRequest request, ClaimsPrincipal caller, VolumeDesk desk, CancellationToken cancellationToken) =>
        (await desk.EnableAsync(id, request.Enabled, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<IResult> FileAsync(string id, VolumeBook volumes, CancellationToken cancellationToken) =>
        (await volumes.OpenAsync(id, cancellationToken)).TryGet(out var file, out var fault) ? TypedResults.Stream(file, Bytes, $"{id}.qcow2") : fault.ToProblem();
}
