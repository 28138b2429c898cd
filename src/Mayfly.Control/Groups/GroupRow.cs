namespace Mayfly.Control.Groups;

/// <summary>A group of users. Who is in one that stands for a directory's group is set at each sign-in.</summary>
public sealed class GroupRow
{
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>Directory that says who is in it, or null for a local group.</summary>
    public string? Directory { get; init; }

    /// <summary>Its name there, or null.</summary>
    public string? ExternalName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
