using Mayfly.Control.Access;
using Microsoft.AspNetCore.Authorization;

namespace Mayfly.Server.Auth;

/// <summary>Compares what an endpoint needs with what the caller has, for the very thing the request names.</summary>
internal sealed class PermissionHandler(ObjectPools pools) : AuthorizationHandler<PermissionNeeded>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionNeeded requirement)
    {
        var scope = context.User.Rights().ScopeOf(requirement.Permission);
        var request = context.Resource as HttpContext ?? throw new InvalidOperationException("Permissions are needed by endpoints.");
        // Who has it for the whole house needs no look, and is told when the thing does not exist.
        if (scope == PoolScope.House || (requirement.Anywhere && scope.Any)) context.Succeed(requirement);
        else if (scope.Any && await PoolOfAsync(request) is { } pool && scope.Contains(pool)) context.Succeed(requirement);
    }

    private async Task<string?> PoolOfAsync(HttpContext request)
    {
        var values = request.GetRouteData().Values;
        if (values["pool"] is string pool) return pool;
        if (values["machine"] is string machine) return await pools.OfMachineAsync(machine, request.RequestAborted);
        return values["session"] is string session ? await pools.OfSessionAsync(session, request.RequestAborted) : null;
    }
}
