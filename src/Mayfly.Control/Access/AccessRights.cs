using Mayfly.Contracts.Api;

namespace Mayfly.Control.Access;

/// <summary>What one caller may do, and where.</summary>
public sealed class AccessRights
{
    private readonly Dictionary<Permission, PoolScope> _scopes;

    private AccessRights(Dictionary<Permission, PoolScope> scopes) => _scopes = scopes;

    /// <summary>A user's own desktops, and nothing else.</summary>
    public static AccessRights None { get; } = new([]);

    /// <summary>Everything.</summary>
    public static AccessRights Everything { get; } = Of([(Role.Administrator, null)]);

    /// <summary>True for one who may do anything beyond using their own desktops.</summary>
    public bool Any => _scopes.Count > 0;

    /// <summary>What a list of roles adds up to.</summary>
    public static AccessRights Of(IEnumerable<(Role Role, string? Pool)> roles)
    {
        var scopes = new Dictionary<Permission, PoolScope>();
        foreach (var (role, pool) in roles)
        {
            foreach (var permission in RolePermissions.Of(role, pool))
                scopes[permission] = scopes.GetValueOrDefault(permission, PoolScope.Nowhere).With(pool is null ? PoolScope.House : PoolScope.Of([pool]));
        }

        return new AccessRights(scopes);
    }

    /// <summary>Where a permission holds.</summary>
    public PoolScope ScopeOf(Permission permission) => _scopes.GetValueOrDefault(permission, PoolScope.Nowhere);

    /// <summary>True when a permission holds in a pool, or with null in the whole house.</summary>
    public bool Allows(Permission permission, string? pool = null) => ScopeOf(permission).Contains(pool);

    /// <summary>The same for people and programs.</summary>
    public IReadOnlyList<PermissionView> ToView() =>
        [.. _scopes.OrderBy(entry => entry.Key).Select(entry => new PermissionView(entry.Key, entry.Value.Pools?.Order(StringComparer.Ordinal).ToList()))];
}
