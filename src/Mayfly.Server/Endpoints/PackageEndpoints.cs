using System.Security.Claims;
using System.Security.Cryptography;
using Mayfly.Contracts.Api;
using Mayfly.Control.Apps;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Mayfly.Server.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Mayfly.Server.Endpoints;

/// <summary>Packages of applications.</summary>
internal static class PackageEndpoints
{
    private const string Bytes = "application/octet-stream";
    private const string Png = "image/png";

    public static void MapPackages(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/apps/{app}/packages").WithTags("Apps");
        routes.MapPost("", ImportAsync).Needs(Permission.ManageApps).Idempotent().WithName("ImportPackage").WithSummary("Begins making a package of a squashfs or tar archive that lies on the server.");
        routes.MapGet("/{version}", FindAsync).Needs(Permission.ViewApps).WithName("GetPackage").WithSummary("One package.");
        routes.MapDelete("/{version}", RemoveAsync).Needs(Permission.ManageApps).WithName("RemovePackage").WithSummary("Removes a package that nothing uses.");
        routes.MapPut("/{version}/stage", StageAsync).Needs(Permission.ManageApps).WithName("SetPackageStage").WithSummary("Moves a package through its life; retired ones are attached to nobody new.");
        routes.MapGet("/{version}/file", FileAsync).Needs(Permission.ManageApps).Produces<byte[]>(StatusCodes.Status200OK, Bytes).WithName("ExportPackage").WithSummary("Its file, a squashfs.");
        routes.MapGet("/{version}/programs/{program}/icon", IconAsync).Needs(Permission.ViewApps).Produces<byte[]>(StatusCodes.Status200OK, Png).WithName("GetProgramIcon")
            .WithSummary("The picture of one of its programs.");
    }

    internal static async Task<Results<Accepted<OperationView>, ProblemHttpResult>> ImportAsync(
        string app, ImportPackageRequest request, ClaimsPrincipal caller, PackageBook packages, CancellationToken cancellationToken) =>
        (await packages.ImportAsync(app, request, caller.Name(), cancellationToken)).Answer(operation => TypedResults.Accepted($"/api/v1/operations/{operation.Id}", operation));

    internal static async Task<Results<Ok<PackageView>, ProblemHttpResult>> FindAsync(string app, string version, PackageBook packages, CancellationToken cancellationToken) =>
        (await packages.FindAsync(app, version, cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string app, string version, ClaimsPrincipal caller, PackageBook packages, CancellationToken cancellationToken) =>
        (await packages.RemoveAsync(app, version, caller.Name(), cancellationToken)).AsNoContent();

    internal static async Task<Results<Ok<PackageView>, ProblemHttpResult>> StageAsync(
        string app, string version, SetStageRequest request, ClaimsPrincipal caller, PackageBook packages, CancellationToken cancellationToken) =>
        (await packages.SetStageAsync(app, version, request.Stage, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<IResult> FileAsync(string app, string version, PackageBook packages, CancellationToken cancellationToken) =>
        (await packages.OpenAsync(app, version, cancellationToken)).TryGet(out var file, out var fault)
            ? TypedResults.Stream(file, Bytes, $"{app}-{version}.squashfs")
            : fault.ToProblem();

    internal static async Task<IResult> IconAsync(string app, string version, string program, HttpResponse response, PackageBook packages, CancellationToken cancellationToken)
    {
        if (!(await packages.IconAsync(app, version, program, cancellationToken)).TryGet(out var icon, out var fault)) return fault.ToProblem();
        // What is in a package never changes; another package may take its version's place.
        response.Headers.CacheControl = "private, max-age=3600";
        return TypedResults.Bytes(icon, Png, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(icon))[..32]}\""));
    }
}
