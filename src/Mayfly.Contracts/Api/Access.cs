namespace Mayfly.Contracts.Api;

/// <summary>What an administrator of some kind is. Which permissions each has is one table: docs/access.md.</summary>
public enum Role
{
    /// <summary>May do everything; over named pools, everything in them.</summary>
    Administrator,
    /// <summary>Sees what an administrator sees, and changes nothing.</summary>
    ReadOnlyAdministrator,
    /// <summary>Helps users: sees their sessions and machines, sends messages, logs off, resets.</summary>
    HelpDesk,
    /// <summary>Builds and publishes images, and pushes them to pools.</summary>
    ImageManager,
}

/// <summary>One thing that may be allowed. Those named after pools, machines and sessions can be limited to pools; the others are of the whole house.</summary>
public enum Permission
{
    /// <summary>See hosts, their usage, and what is in progress.</summary>
    ViewHouse,
    /// <summary>Change the settings of the house and its directories.</summary>
    ManageHouse,
    /// <summary>See pools and who may use them.</summary>
    ViewPools,
    /// <summary>Change, fill and delete pools, and say who may use them; of the whole house: make pools.</summary>
    ManagePools,
    /// <summary>Push images to pools, roll back, try on chosen machines.</summary>
    PushImages,
    /// <summary>See machines.</summary>
    ViewMachines,
    /// <summary>Reset, restart, recover, rebuild, hold back.</summary>
    OperateMachines,
    /// <summary>Delete machines, give them owners, run programs in them.</summary>
    ManageMachines,
    /// <summary>See the screen of any machine. Doing so is always an event.</summary>
    WatchMachines,
    /// <summary>See sessions.</summary>
    ViewSessions,
    /// <summary>Send messages to sessions, disconnect them, log them off.</summary>
    OperateSessions,
    /// <summary>See golden images.</summary>
    ViewImages,
    /// <summary>Build, import, publish and unpublish golden images.</summary>
    ManageImages,
    /// <summary>See applications, their packages and who gets them.</summary>
    ViewApps,
    /// <summary>Capture, import and assign applications.</summary>
    ManageApps,
    /// <summary>See users' writable volumes.</summary>
    ViewVolumes,
    /// <summary>Restore, grow, disable, move and remove users' writable volumes.</summary>
    ManageVolumes,
    /// <summary>See what is kept of users' settings, and the Flex configs.</summary>
    ViewPersonas,
    /// <summary>Restore, reset and remove what is kept of users' settings.</summary>
    ManagePersonas,
    /// <summary>Make and change Flex configs.</summary>
    ManageFlexConfigs,
    /// <summary>See users and groups.</summary>
    ViewUsers,
    /// <summary>Free a user whose sign-in is paused, and end their sign-ins.</summary>
    SupportUsers,
    /// <summary>Add, change and remove users, groups, roles and tokens.</summary>
    ManageUsers,
    /// <summary>Read events.</summary>
    ViewEvents,
}

/// <summary>A permission and where it holds.</summary>
/// <param name="Permission">What.</param>
/// <param name="Pools">Pools it is limited to; null for the whole house.</param>
public sealed record PermissionView(Permission Permission, IReadOnlyList<string>? Pools);

/// <summary>A role given to a user or to a group; exactly one of the two is set.</summary>
/// <param name="Id">Id of this grant.</param>
/// <param name="Role">Which role.</param>
/// <param name="User">User it is given to, or null.</param>
/// <param name="Group">Group it is given to, or null.</param>
/// <param name="Pool">Pool it is limited to, or null for the whole house.</param>
public sealed record RoleGrantView(string Id, Role Role, string? User, string? Group, string? Pool);

/// <summary>Gives a role to a user or to a group; name exactly one of the two.</summary>
/// <param name="Role">Which role.</param>
/// <param name="User">User, or null.</param>
/// <param name="Group">Group, or null.</param>
/// <param name="Pool">Pool it is limited to, or null for the whole house.</param>
public sealed record GrantRoleRequest(Role Role, string? User = null, string? Group = null, string? Pool = null);
