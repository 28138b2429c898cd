namespace Mayfly.Control.Groups;

/// <summary>That a user is in a group.</summary>
public sealed class GroupMemberRow
{
    public required string Group { get; init; }

    public required string User { get; init; }
}
