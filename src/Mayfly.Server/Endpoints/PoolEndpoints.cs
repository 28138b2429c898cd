using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Entitlements;
using Mayfly.Control.Machines;
using Mayfly.Control.Pools;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

internal static class PoolEndpoints
{
    public static void MapPools(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/pools").WithTags("Pools");
        routes.MapGet("", ListAsync).WithName("ListPools").WithSummary("All pools.");
        routes.MapPost("", CreateAsync).WithName("CreatePool").WithSummary("Makes a pool; its machines are forked at once.");
        routes.MapGet("/{pool}", FindAsync).WithName("GetPool").WithSummary("One pool.");
        routes.MapDelete("/{pool}", DeleteAsync).WithName("DeletePool").WithSummary("Deletes a pool and its machines; refused while sessions are open unless forced.");
        routes.MapPost("/{pool}/machines", ForkAsync).ProducesProblem(502).ProducesProblem(503).WithName("ForkMachine")
            .WithSummary("Forks one more machine; answers when it is available.");
        routes.MapGet("/{pool}/entitlements", EntitlementsAsync).WithName("ListEntitlements").WithSummary("Who may use a pool.");
        routes.MapPut("/{pool}/entitlements/{user}", EntitleAsync).WithName("AddEntitlement").WithSummary("Lets a user use a pool.");
        routes.MapDelete("/{pool}/entitlements/{user}", WithdrawAsync).WithName("RemoveEntitlement").WithSummary("Takes that back; a session in progress goes on.");
    }

    private static async Task<Ok<IReadOnlyList<PoolView>>> ListAsync(PoolCatalog pools, CancellationToken cancellationToken) =>
        TypedResults.Ok(await pools.ListAsync(cancellationToken));

    private static async Task<Results<Created<PoolView>, ProblemHttpResult>> CreateAsync(
        CreatePoolRequest request, ClaimsPrincipal caller, PoolCatalog pools, CancellationToken cancellationToken) =>
        (await pools.CreateAsync(request, caller.Name(), cancellationToken)).Answer(made => TypedResults.Created($"/api/v1/pools/{made.Name}", made));

    private static async Task<Results<Ok<PoolView>, ProblemHttpResult>> FindAsync(string pool, PoolCatalog pools, CancellationToken cancellationToken) =>
        (await pools.FindAsync(pool, cancellationToken)).AsOk();

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string pool, ClaimsPrincipal caller, PoolCatalog pools, CancellationToken cancellationToken, bool force = false) =>
        (await pools.DeleteAsync(pool, force, caller.Name(), cancellationToken)).AsNoContent();

    private static async Task<Results<Created<MachineView>, ProblemHttpResult>> ForkAsync(string pool, MachineCatalog machines, CancellationToken cancellationToken) =>
        (await machines.ForkAsync(pool, cancellationToken)).Answer(made => TypedResults.Created($"/api/v1/machines/{made.Name}", made));

    private static async Task<Results<Ok<EntitlementView[]>, ProblemHttpResult>> EntitlementsAsync(
        string pool, EntitlementList entitlements, CancellationToken cancellationToken) =>
        (await entitlements.ListAsync(pool, cancellationToken)).AsOk();

    private static async Task<Results<Ok<EntitlementView>, ProblemHttpResult>> EntitleAsync(
        string pool, string user, ClaimsPrincipal caller, EntitlementList entitlements, CancellationToken cancellationToken) =>
        (await entitlements.AddAsync(new EntitlementView(pool, user), caller.Name(), cancellationToken)).AsOk();

    private static async Task<Results<NoContent, ProblemHttpResult>> WithdrawAsync(
        string pool, string user, ClaimsPrincipal caller, EntitlementList entitlements, CancellationToken cancellationToken) =>
        (await entitlements.RemoveAsync(new EntitlementView(pool, user), caller.Name(), cancellationToken)).AsNoContent();
}
