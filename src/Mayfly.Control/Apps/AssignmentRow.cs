using Mayfly.Contracts.Api;

namespace Mayfly.Control.Apps;

/// <summary>Who gets an application: exactly one of user, group and pool is set.</summary>
public sealed class AssignmentRow
{
    public required string Id { get; init; }

    public required string App { get; init; }

    /// <summary>Version, or null for the one marked current.</summary>
    public string? Version { get; init; }

    public string? User { get; init; }

    public string? Group { get; init; }

    public string? Pool { get; init; }

    public required PackageDelivery Delivery { get; init; }

    internal AppAssignmentView ToView() => new(Id, App, Version, User, Group, Pool, Delivery);
}
