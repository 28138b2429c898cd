namespace Mayfly.Control.Entitlements;

/// <summary>Leave for a user to use a pool.</summary>
public sealed class EntitlementRow
{
    public required string Pool { get; init; }

    public required string User { get; init; }
}
