using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Settings;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

internal static class DirectoryEndpoints
{
    public static void MapDirectories(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/directories").WithTags("House");
        routes.MapGet("", ListAsync).Needs(Permission.ViewHouse).WithName("ListDirectories").WithSummary("Directories people sign in with; secrets are not shown.");
        routes.MapPut("/{directory}", SetAsync).Needs(Permission.ManageHouse).WithName("SetDirectory").WithSummary("Adds a directory or changes it; a secret that is left out stays as it is.");
        routes.MapDelete("/{directory}", RemoveAsync).Needs(Permission.ManageHouse).WithName("RemoveDirectory").WithSummary("Removes one that no user and no group comes from.");
        routes.MapPost("/{directory}/test", TestAsync).Needs(Permission.ManageHouse).ProducesProblem(502).ProducesProblem(504).WithName("TestDirectory").WithSummary("Tries its settings.");
    }

    internal static async Task<Ok<IReadOnlyList<DirectoryView>>> ListAsync(DirectoryBook directories, CancellationToken cancellationToken) =>
        TypedResults.Ok(await directories.ListAsync(cancellationToken));

    internal static async Task<Results<Ok<DirectoryView>, ProblemHttpResult>> SetAsync(
        string directory, SetDirectoryRequest request, ClaimsPrincipal caller, DirectoryBook directories, CancellationToken cancellationToken) =>
        (await directories.SetAsync(directory, request, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string directory, ClaimsPrincipal caller, DirectoryBook directories, CancellationToken cancellationToken) =>
        (await directories.RemoveAsync(directory, caller.Name(), cancellationToken)).AsNoContent();

    internal static async Task<Results<Ok<DirectoryTestReport>, ProblemHttpResult>> TestAsync(string directory, DirectoryBook directories, CancellationToken cancellationToken) =>
        (await directories.TestAsync(directory, cancellationToken)).AsOk();
}
