namespace Mayfly.Control.Users;

/// <summary>A local user as stored.</summary>
public sealed class UserRow
{
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    public required string PasswordHash { get; set; }

    public required bool Administrator { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
