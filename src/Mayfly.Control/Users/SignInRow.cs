namespace Mayfly.Control.Users;

/// <summary>A browser that is signed in. The cookie's value is not stored, only its hash.</summary>
public sealed class SignInRow
{
    /// <summary>SHA-256 of the cookie's value, hexadecimal.</summary>
    public required string Id { get; init; }

    public required string User { get; init; }

    /// <summary>Address the browser came from, or null.</summary>
    public string? Address { get; init; }

    /// <summary>What the browser calls itself, shortened, or null.</summary>
    public string? Client { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; set; }
}
