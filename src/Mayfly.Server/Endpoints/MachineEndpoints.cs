using System.Security.Claims;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Machines;
using Mayfly.Server.Auth;
using Mayfly.Server.Displays;
using Mayfly.Server.Faults;
using Mayfly.Server.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

internal static class MachineEndpoints
{
    public static void MapMachines(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/machines").WithTags("Machines");
        routes.MapGet("", ListAsync).NeedsAnywhere(Permission.ViewMachines).WithName("ListMachines").WithSummary("Machines by name, those that match.");
        routes.MapGet("/{machine}", FindAsync).Needs(Permission.ViewMachines).WithName("GetMachine").WithSummary("One machine.");
        routes.MapPost("/{machine}/exec", ExecAsync).ProducesProblem(502).ProducesProblem(504).Needs(Permission.ManageMachines).WithName("ExecMachine")
            .WithSummary("Runs a program in a machine; always an event.");
        routes.MapDelete("/{machine}", DeleteAsync).Needs(Permission.ManageMachines).WithName("DeleteMachine").WithSummary("Destroys a machine; a session on it ends.");
        routes.MapPost("/{machine}/reset", ResetAsync).Needs(Permission.OperateMachines).WithName("ResetMachine").WithSummary("Cuts the power and turns it on again; one that is not kept is replaced.");
        routes.MapPost("/{machine}/restart", RestartAsync).Needs(Permission.OperateMachines).WithName("RestartMachine").WithSummary("Shuts it down and turns it on again; one that is not kept is replaced.");
        routes.MapPost("/{machine}/recover", RecoverAsync).Needs(Permission.OperateMachines).WithName("RecoverMachine").WithSummary("Brings a machine in error back.");
        routes.MapPost("/{machine}/rebuild", RebuildAsync).Needs(Permission.OperateMachines).WithName("RebuildMachine").WithSummary("Makes it anew from the pool's image, with its name, MAC and owner.");
        routes.MapPost("/{machine}/publish", PublishAsync).Needs(Permission.ManageImages).Idempotent().WithName("PublishMachine")
            .WithSummary("Begins publishing a machine as it runs into a new image version; the machine goes on. Always an event.");
        routes.MapPut("/{machine}/maintenance", HoldAsync).Needs(Permission.OperateMachines).WithName("HoldMachine").WithSummary("Holds it back from users.");
        routes.MapDelete("/{machine}/maintenance", ReleaseAsync).Needs(Permission.OperateMachines).WithName("ReleaseMachine").WithSummary("Gives it back.");
        routes.MapPut("/{machine}/owner/{user}", AssignAsync).Needs(Permission.ManageMachines).WithName("AssignMachine").WithSummary("Makes a machine of a dedicated pool a user's.");
        routes.MapDelete("/{machine}/owner", UnassignAsync).Needs(Permission.ManageMachines).WithName("UnassignMachine").WithSummary("Takes it back from its owner; one that was used gets a fresh disk.");
        routes.MapPost("/{machine}/display-ticket", TicketAsync).Needs(Permission.WatchMachines).WithName("MakeMachineDisplayTicket").WithSummary("Leave to see a machine's screen once; always an event.");
    }

    internal static async Task<Results<Ok<Page<MachineView>>, ProblemHttpResult>> ListAsync(
        ClaimsPrincipal caller, MachineCatalog machines, CancellationToken cancellationToken,
        string? pool = null, MachineState? state = null, string? user = null, string? host = null, string? search = null, string? after = null, int limit = Paging.Usual) =>
        Paging.Complaint(limit) is { } complaint
            ? complaint.ToProblem()
            : TypedResults.Ok(await machines.PageAsync(caller.Rights().ScopeOf(Permission.ViewMachines), new MachineFilter(pool, state, user, host, search), after, limit, cancellationToken));

    internal static async Task<Results<Ok<MachineView>, ProblemHttpResult>> FindAsync(
        string machine, MachineCatalog machines, CancellationToken cancellationToken) => (await machines.FindAsync(machine, cancellationToken)).AsOk();

    internal static async Task<Results<Ok<ExecMachineResult>, ProblemHttpResult>> ExecAsync(
        string machine, ExecMachineRequest request, ClaimsPrincipal caller, MachineCatalog machines, CancellationToken cancellationToken) =>
        (await machines.ExecAsync(machine, request, caller.Name(), cancellationToken))
            .Answer(said => TypedResults.Ok(new ExecMachineResult(said.ExitCode, said.Stdout, said.Stderr, said.Truncated)));

    internal static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string machine, ClaimsPrincipal caller, MachineCatalog machines, CancellationToken cancellationToken) =>
        (await machines.DeleteAsync(machine, caller.Name(), cancellationToken)).AsNoContent();

    internal static async Task<Results<Ok<DisplayTicket>, ProblemHttpResult>> TicketAsync(
        string machine, ClaimsPrincipal caller, DisplayDoor door, CancellationToken cancellationToken) =>
        (await door.IssueForMachineAsync(machine, caller, cancellationToken)).AsOk();

    internal static async Task<Results<Ok<MachineView>, ProblemHttpResult>> ResetAsync(
        string machine, ClaimsPrincipal caller, MachineActions actions, CancellationToken cancellationToken) =>
        (await actions.ResetAsync(machine, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<MachineView>, ProblemHttpResult>> RestartAsync(
        string machine, ClaimsPrincipal caller, MachineActions actions, CancellationToken cancellationToken) =>
        (await actions.RestartAsync(machine, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<MachineView>, ProblemHttpResult>> RecoverAsync(
        string machine, ClaimsPrincipal caller, MachineActions actions, CancellationToken cancellationToken) =>
        (await actions.RecoverAsync(machine, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<MachineView>, ProblemHttpResult>> RebuildAsync(
        string machine, ClaimsPrincipal caller, MachineActions actions, CancellationToken cancellationToken) =>
        (await actions.RebuildAsync(machine, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Accepted<OperationView>, ProblemHttpResult>> PublishAsync(
        string machine, PublishMachineRequest request, ClaimsPrincipal caller, MachinePublishing publishing, CancellationToken cancellationToken)
    {
        // It shows as much of what somebody has there as running programs in it would.
        if (request.WithSession && !caller.Rights().Allows(Permission.ManageMachines))
            return new Fault(ErrorCode.Forbidden, "You may not publish what somebody has in a machine.", $"It takes the permission {Permission.ManageMachines}.", "Publish a machine that nobody has used.").ToProblem();
        return (await publishing.BeginAsync(machine, request, caller.Name(), cancellationToken))
            .Answer(operation => TypedResults.Accepted($"/api/v1/operations/{operation.Id}", operation));
    }

    internal static async Task<Results<Ok<MachineView>, ProblemHttpResult>> HoldAsync(
        string machine, ClaimsPrincipal caller, MachineHolding holding, CancellationToken cancellationToken) =>
        (await holding.HoldAsync(machine, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<MachineView>, ProblemHttpResult>> ReleaseAsync(
        string machine, ClaimsPrincipal caller, MachineHolding holding, CancellationToken cancellationToken) =>
        (await holding.ReleaseAsync(machine, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<MachineView>, ProblemHttpResult>> AssignAsync(
        string machine, string user, ClaimsPrincipal caller, MachineHolding holding, CancellationToken cancellationToken) =>
        (await holding.AssignAsync(machine, user, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<MachineView>, ProblemHttpResult>> UnassignAsync(
        string machine, ClaimsPrincipal caller, MachineHolding holding, CancellationToken cancellationToken) =>
        (await holding.UnassignAsync(machine, caller.Name(), cancellationToken)).AsOk();
}
