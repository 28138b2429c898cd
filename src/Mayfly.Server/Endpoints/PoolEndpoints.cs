using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Entitlements;
using Mayfly.Control.Machines;
using Mayfly.Control.Pools;
using Mayfly.Server.Auth;
using Mayfly.Server.Caching;
using Mayfly.Server.Faults;
using Mayfly.Server.Idempotency;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

internal static class PoolEndpoints
{
    public static void MapPools(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/pools").WithTags("Pools");
        routes.MapGet("", ListAsync).NeedsAnywhere(Permission.ViewPools).WithName("ListPools").WithSummary("All pools.");
        routes.MapPost("", CreateAsync).Needs(Permission.ManagePools).Idempotent().WithName("CreatePool").WithSummary("Makes a pool; its machines are forked at once.");
        routes.MapGet("/{pool}", FindAsync).Needs(Permission.ViewPools).WithName("GetPool").WithSummary("One pool.");
        routes.MapGet("/{pool}/settings", SettingsAsync).Needs(Permission.ViewPools).WithName("GetPoolSettings").WithSummary("The settings of a pool; their tag can be given when they are changed.");
        routes.MapPut("/{pool}/settings", ChangeAsync).Needs(Permission.ManagePools).WithMetadata(new HonoursIfMatch()).ProducesProblem(412).WithName("ChangePool").WithSummary("Changes the settings of a pool; enabling provisioning forgets why it was stopped.");
        routes.MapDelete("/{pool}", DeleteAsync).Needs(Permission.ManagePools).WithName("DeletePool").WithSummary("Deletes a pool and its machines; refused while sessions are open unless forced.");
        routes.MapPost("/{pool}/machines", ForkAsync).ProducesProblem(502).ProducesProblem(503).Needs(Permission.ManagePools).Idempotent().WithName("ForkMachine")
            .WithSummary("Forks one more machine; answers when it is available.");
        routes.MapGet("/{pool}/entitlements", EntitlementsAsync).Needs(Permission.ViewPools).WithName("ListEntitlements").WithSummary("Who may use a pool.");
        routes.MapPut("/{pool}/entitlements/users/{user}", EntitleAsync).Needs(Permission.ManagePools).WithName("AddEntitlement").WithSummary("Lets a user use a pool.");
        routes.MapDelete("/{pool}/entitlements/users/{user}", WithdrawAsync).Needs(Permission.ManagePools).WithName("RemoveEntitlement").WithSummary("Takes that back; a session in progress goes on.");
        routes.MapPut("/{pool}/entitlements/groups/{group}", EntitleGroupAsync).Needs(Permission.ManagePools).WithName("AddGroupEntitlement").WithSummary("Lets the users of a group use a pool.");
        routes.MapDelete("/{pool}/entitlements/groups/{group}", WithdrawGroupAsync).Needs(Permission.ManagePools).WithName("RemoveGroupEntitlement").WithSummary("Takes that back; sessions in progress go on.");
    }

    internal static async Task<Ok<IReadOnlyList<PoolView>>> ListAsync(ClaimsPrincipal caller, PoolCatalog pools, CancellationToken cancellationToken) =>
        TypedResults.Ok(await pools.ListAsync(caller.Rights().ScopeOf(Permission.ViewPools), cancellationToken));

    internal static async Task<Results<Created<PoolView>, ProblemHttpResult>> CreateAsync(
        CreatePoolRequest request, ClaimsPrincipal caller, PoolCatalog pools, CancellationToken cancellationToken) =>
        (await pools.CreateAsync(request, caller.Name(), cancellationToken)).Answer(made => TypedResults.Created($"/api/v1/pools/{made.Name}", made));

    internal static async Task<Results<Ok<PoolView>, ProblemHttpResult>> FindAsync(string pool, PoolCatalog pools, CancellationToken cancellationToken) =>
        (await pools.FindAsync(pool, cancellationToken)).AsOk();

    internal static async Task<Results<Ok<PoolSettings>, ProblemHttpResult>> SettingsAsync(string pool, PoolCatalog pools, CancellationToken cancellationToken) =>
        (await pools.SettingsAsync(pool, cancellationToken)).AsOk();

    internal static async Task<Results<Ok<PoolView>, ProblemHttpResult>> ChangeAsync(
        string pool, PoolSettings settings, HttpRequest request, ClaimsPrincipal caller, PoolCatalog pools, CancellationToken cancellationToken) =>
        (await pools.ChangeAsync(pool, settings, caller.Name(), cancellationToken, EntityTags.Expected<PoolSettings>(request))).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string pool, ClaimsPrincipal caller, PoolCatalog pools, CancellationToken cancellationToken, bool force = false) =>
        (await pools.DeleteAsync(pool, force, caller.Name(), cancellationToken)).AsNoContent();

    internal static async Task<Results<Created<MachineView>, ProblemHttpResult>> ForkAsync(string pool, MachineCatalog machines, CancellationToken cancellationToken) =>
        (await machines.ForkAsync(pool, cancellationToken)).Answer(made => TypedResults.Created($"/api/v1/machines/{made.Name}", made));

    internal static async Task<Results<Ok<EntitlementView[]>, ProblemHttpResult>> EntitlementsAsync(
        string pool, EntitlementList entitlements, CancellationToken cancellationToken) =>
        (await entitlements.ListAsync(pool, cancellationToken)).AsOk();

    internal static async Task<Results<Ok<EntitlementView>, ProblemHttpResult>> EntitleAsync(
        string pool, string user, ClaimsPrincipal caller, EntitlementList entitlements, CancellationToken cancellationToken) =>
        (await entitlements.AddAsync(new EntitlementView(pool, user), caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> WithdrawAsync(
        string pool, string user, ClaimsPrincipal caller, EntitlementList entitlements, CancellationToken cancellationToken) =>
        (await entitlements.RemoveAsync(new EntitlementView(pool, user), caller.Name(), cancellationToken)).AsNoContent();

    internal static async Task<Results<Ok<EntitlementView>, ProblemHttpResult>> EntitleGroupAsync(
        string pool, string group, ClaimsPrincipal caller, EntitlementList entitlements, CancellationToken cancellationToken) =>
        (await entitlements.AddAsync(new EntitlementView(pool, null, group), caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> WithdrawGroupAsync(
        string pool, string group, ClaimsPrincipal caller, EntitlementList entitlements, CancellationToken cancellationToken) =>
        (await entitlements.RemoveAsync(new EntitlementView(pool, null, group), caller.Name(), cancellationToken)).AsNoContent();
}
