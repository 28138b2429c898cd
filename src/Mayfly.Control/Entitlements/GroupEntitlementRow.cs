namespace Mayfly.Control.Entitlements;

/// <summary>Leave for the users of a group to use a pool.</summary>
public sealed class GroupEntitlementRow
{
    public required string Pool { get; init; }

    public required string Group { get; init; }
}
