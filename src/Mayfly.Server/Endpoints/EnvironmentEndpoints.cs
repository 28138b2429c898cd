using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Environments;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

/// <summary>Environments: what a house gives desktops beside settings. They hold passwords, and tasks with all rights in a desktop.</summary>
internal static class EnvironmentEndpoints
{
    public static void MapEnvironments(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/environments").WithTags("Personas");
        routes.MapGet("", ListAsync).Needs(Permission.ManageHouse).WithName("ListEnvironments").WithSummary("All environments, by name.");
        routes.MapPut("/{name}", SetAsync).Needs(Permission.ManageHouse).WithName("SetEnvironment").WithSummary("Makes one, or changes one. It counts from the next logon on.");
        routes.MapDelete("/{name}", RemoveAsync).Needs(Permission.ManageHouse).WithName("RemoveEnvironment").WithSummary("Removes one; sessions that have it keep it.");
    }

    internal static async Task<Ok<IReadOnlyList<EnvironmentView>>> ListAsync(EnvironmentBook environments, CancellationToken cancellationToken) =>
        TypedResults.Ok(await environments.ListAsync(cancellationToken));

    internal static async Task<Results<Ok<EnvironmentView>, ProblemHttpResult>> SetAsync(
        string name, SetEnvironmentRequest request, ClaimsPrincipal caller, EnvironmentBook environments, CancellationToken cancellationToken) =>
        (await environments.SetAsync(name, request.Yaml, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string name, ClaimsPrincipal caller, EnvironmentBook environments, CancellationToken cancellationToken) =>
        (await environments.RemoveAsync(name, caller.Name(), cancellationToken)).AsNoContent();
}
