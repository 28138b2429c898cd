using System.Collections.Frozen;
using Mayfly.Contracts.Api;
using static Mayfly.Contracts.Api.Permission;

namespace Mayfly.Control.Access;

/// <summary>What each role may do: the one table. docs/access.md shows the same.</summary>
public static class RolePermissions
{
    private static readonly FrozenSet<Permission> Seeing = [ViewHouse, ViewPools, ViewMachines, ViewSessions, ViewImages, ViewApps, ViewVolumes, ViewPersonas, ViewUsers, ViewEvents];

    private static readonly FrozenDictionary<Role, FrozenSet<Permission>> Table = new Dictionary<Role, FrozenSet<Permission>>
    {
        [Role.Administrator] = [.. Enum.GetValues<Permission>()],
        [Role.ReadOnlyAdministrator] = Seeing,
        [Role.HelpDesk] = [ViewPools, ViewMachines, OperateMachines, WatchMachines, ViewSessions, OperateSessions, ViewApps, ViewVolumes, ManageVolumes, ViewPersonas, ManagePersonas, ViewUsers, SupportUsers, ViewEvents],
        [Role.ImageManager] = [ViewHouse, ViewPools, PushImages, ViewImages, ManageImages, ViewApps, ManageApps, ViewPersonas, ManageFlexConfigs],
    }.ToFrozenDictionary();

    // What has no pool can not be given for one; but who helps the users of a pool must find them.
    private static readonly FrozenSet<Permission> OfPools =
        [ViewPools, ManagePools, PushImages, ViewMachines, OperateMachines, ManageMachines, WatchMachines, ViewSessions, OperateSessions, ViewUsers, ViewEvents];

    /// <summary>What a role gives, over the house or within one pool.</summary>
    /// <param name="role">Which role.</param>
    /// <param name="pool">The pool it is limited to, or null.</param>
    public static IEnumerable<Permission> Of(Role role, string? pool) => pool is null ? Table[role] : Table[role].Intersect(OfPools);
}
