using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Authorization;

namespace Mayfly.Server.Auth;

/// <summary>What it takes to call an endpoint.</summary>
/// <param name="Permission">Which permission.</param>
/// <param name="Anywhere">True when it is enough to have it for any pool: the endpoint then answers for those only.</param>
internal sealed record PermissionNeeded(Permission Permission, bool Anywhere) : IAuthorizationRequirement, IAuthorizationRequirementData
{
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>Endpoints say what they need in their own words.</summary>
internal static class PermissionNeeds
{
    /// <summary>Needs a permission for the pool, machine or session named in the route; for the whole house when it names none.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Permission permission)
        where TBuilder : IEndpointConventionBuilder => builder.RequireAuthorization().WithMetadata(new PermissionNeeded(permission, Anywhere: false));

    /// <summary>Needs a permission somewhere; the endpoint answers for where it holds.</summary>
    public static TBuilder NeedsAnywhere<TBuilder>(this TBuilder builder, Permission permission)
        where TBuilder : IEndpointConventionBuilder => builder.RequireAuthorization().WithMetadata(new PermissionNeeded(permission, Anywhere: true));
}
