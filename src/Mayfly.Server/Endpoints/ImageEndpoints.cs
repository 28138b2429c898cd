using System.Security.Claims;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Operations;
using Mayfly.Engine;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Mayfly.Server.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

internal static class ImageEndpoints
{
    public static void MapImages(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/images").WithTags("Images");
        routes.MapGet("", ListAsync).Needs(Permission.ViewImages).WithName("ListImages").WithSummary("Golden images with their versions and warm images.");
        routes.MapPost("/build", Build).Needs(Permission.ManageImages).Idempotent().WithName("BuildImage").WithSummary("Begins building a version from a recipe.");
        routes.MapPost("/import", Import).Needs(Permission.ManageImages).Idempotent().WithName("ImportImage").WithSummary("Begins importing a qcow2 file that lies on the server.");
        routes.MapPost("/{name}/publish", Publish).Needs(Permission.ManageImages).Idempotent().WithName("PublishImage").WithSummary("Begins publishing a version into a warm image.");
        routes.MapDelete("/{name}/versions/{version}/warm", UnpublishAsync).Needs(Permission.ManageImages).WithName("UnpublishImage").WithSummary("Removes a warm image that nothing uses.");
    }

    internal static async Task<Ok<IReadOnlyList<ImageView>>> ListAsync(ImageJobs images, CancellationToken cancellationToken) =>
        TypedResults.Ok(await images.ListAsync(cancellationToken));

    internal static Results<Accepted<OperationView>, ProblemHttpResult> Build(BuildImageRequest request, ClaimsPrincipal caller, ImageJobs images) =>
        Begun(images.Build(request, caller.Name()));

    internal static Results<Accepted<OperationView>, ProblemHttpResult> Import(ImportImageRequest request, ClaimsPrincipal caller, ImageJobs images) =>
        Begun(images.Import(request, caller.Name()));

    internal static Results<Accepted<OperationView>, ProblemHttpResult> Publish(
        string name, PublishImageRequest request, ClaimsPrincipal caller, ImageJobs images) => Begun(images.Publish(name, request, caller.Name()));

    internal static async Task<Results<NoContent, ProblemHttpResult>> UnpublishAsync(
        string name, string version, ClaimsPrincipal caller, ImageJobs images, CancellationToken cancellationToken) =>
        (await images.UnpublishAsync(new ImageVersion(name, version), caller.Name(), cancellationToken)).AsNoContent();

    private static Results<Accepted<OperationView>, ProblemHttpResult> Begun(Outcome<OperationView> outcome) =>
        outcome.Answer(operation => TypedResults.Accepted($"/api/v1/operations/{operation.Id}", operation));
}
