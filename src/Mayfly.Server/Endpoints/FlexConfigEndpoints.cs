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
        var recordings = group.MapGroup("/machines/{machine}/recording").WithTags("Personas");
        recordings.MapPut("", RecordAsync).ProducesProblem(502).ProducesProblem(504).Needs(Permission.ManageMachines).WithName("BeginRecording")
            .WithSummary("Begins to record what is written to the home on a machine.");
        recordings.MapGet("", ProposeAsync).ProducesProblem(409).ProducesProblem(502).ProducesProblem(504).Needs(Permission.ManageMachines).WithName("GetRecording")
            .WithSummary("What was written since, as a Flex config to go on from.");
    }

    internal static async Task<Results<NoContent, ProblemHttpResult>> RecordAsync(string machine, ClaimsPrincipal caller, FlexConfigRecorder recorder, CancellationToken cancellationToken) =>
        (await recorder.BeginAsync(machine, caller.Name(), cancellationToken)).AsNoContent();

    internal static async Task<Results<Ok<FlexConfigProposal>, ProblemHttpResult>> ProposeAsync(string machine, ClaimsPrincipal caller, FlexConfigRecorder recorder, CancellationToken cancellationToken) =>
        (await recorder.ProposeAsync(machine, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Ok<IReadOnlyList<FlexConfigView>>> ListAsync(FlexConfigBook configs, CancellationToken cancellationToken) =>
        TypedResults.Ok(await configs.ListAsync(cancellationToken));

    internal static async Task<Results<Ok<FlexConfigView>, ProblemHttpResult>> SetAsync(
        string name, SetFlexConfigRequest request, ClaimsPrincipal caller, FlexConfigBook configs, CancellationToken cancellationToken) =>
        (await configs.SetAsync(name, request.Yaml, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string name, ClaimsPrincipal caller, FlexConfigBook configs, CancellationToken cancellationToken) =>
        (await configs.RemoveAsync(name, caller.Name(), cancellationToken)).AsNoContent();
}
