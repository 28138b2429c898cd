using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Personas;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

/// <summary>Flex configs: what belongs to which application.</summary>
internal static class FlexConfigEndpoints
{
    public static void MapFlexConfigs(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/flex-configs").WithTags("Personas");
        routes.MapGet("", ListAsync).Needs(Permission.ViewPersonas).WithName("ListFlexConfigs").WithSummary("All Flex configs, by name.");
        routes.MapPut("/{name}", SetAsync).Needs(Permission.ManageFlexConfigs).WithName("SetFlexConfig").WithSummary("Makes one, or changes one; one that comes with Mayfly too.");
        routes.MapDelete("/{name}", RemoveAsync).Needs(Permission.ManageFlexConfigs).WithName("RemoveFlexConfig").WithSummary("Removes one that was made in this house; one that comes with Mayfly is as it was again.");
    }

    private static async Task<Ok<IReadOnlyList<FlexConfigView>>> ListAsync(FlexConfigBook configs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await configs.ListAsync(cancellationToken));

    private static async Task<Results<Ok<FlexConfigView>, ProblemHttpResult>> SetAsync(
        string name, SetFlexConfigRequest request, ClaimsPrincipal caller, FlexConfigBook configs, CancellationToken cancellationToken) =>
        (await configs.SetAsync(name, request.Yaml, caller.Name(), cancellationToken)).AsOk();

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string name, ClaimsPrincipal caller, FlexConfigBook configs, CancellationToken cancellationToken) =>
        (await configs.RemoveAsync(name, caller.Name(), cancellationToken)).AsNoContent();
}
