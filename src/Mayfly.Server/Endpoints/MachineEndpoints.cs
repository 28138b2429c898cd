using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Machines;
using Mayfly.Server.Auth;
using Mayfly.Server.Displays;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

internal static class MachineEndpoints
{
    public static void MapMachines(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/machines").WithTags("Machines");
        routes.MapGet("", ListAsync).WithName("ListMachines").WithSummary("All machines.");
        routes.MapGet("/{machine}", FindAsync).WithName("GetMachine").WithSummary("One machine.");
        routes.MapPost("/{machine}/exec", ExecAsync).ProducesProblem(502).ProducesProblem(504).WithName("ExecMachine")
            .WithSummary("Runs a program in a machine; always an event.");
        routes.MapDelete("/{machine}", DeleteAsync).WithName("DeleteMachine").WithSummary("Destroys a machine; a session on it ends.");
        routes.MapPost("/{machine}/display-ticket", TicketAsync).WithName("MakeMachineDisplayTicket").WithSummary("Leave to see a machine's screen once; always an event.");
    }

    private static async Task<Ok<IReadOnlyList<MachineView>>> ListAsync(MachineCatalog machines, CancellationToken cancellationToken) =>
        TypedResults.Ok(await machines.ListAsync(cancellationToken));

    private static async Task<Results<Ok<MachineView>, ProblemHttpResult>> FindAsync(
        string machine, MachineCatalog machines, CancellationToken cancellationToken) => (await machines.FindAsync(machine, cancellationToken)).AsOk();

    private static async Task<Results<Ok<ExecMachineResult>, ProblemHttpResult>> ExecAsync(
        string machine, ExecMachineRequest request, ClaimsPrincipal caller, MachineCatalog machines, CancellationToken cancellationToken) =>
        (await machines.ExecAsync(machine, request, caller.Name(), cancellationToken))
            .Answer(said => TypedResults.Ok(new ExecMachineResult(said.ExitCode, said.Stdout, said.Stderr, said.Truncated)));

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string machine, ClaimsPrincipal caller, MachineCatalog machines, CancellationToken cancellationToken) =>
        (await machines.DeleteAsync(machine, caller.Name(), cancellationToken)).AsNoContent();

    private static async Task<Results<Ok<DisplayTicket>, ProblemHttpResult>> TicketAsync(
        string machine, ClaimsPrincipal caller, DisplayDoor door, CancellationToken cancellationToken) =>
        (await door.IssueForMachineAsync(machine, caller, cancellationToken)).AsOk();
}
