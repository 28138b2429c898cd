using Mayfly.Contracts.Api;

namespace Mayfly.Control.Access;

/// <summary>A role given to a user or to a group, over the house or over one pool.</summary>
public sealed class RoleGrantRow
{
    public required string Id { get; init; }

    public required Role Role { get; init; }

    public string? User { get; init; }

    public string? Group { get; init; }

    public string? Pool { get; init; }

    internal RoleGrantView ToView() => new(Id, Role, User, Group, Pool);
}
