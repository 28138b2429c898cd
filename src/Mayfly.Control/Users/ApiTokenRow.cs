using Mayfly.Contracts.Api;

namespace Mayfly.Control.Users;

/// <summary>An API token. Only its hash is stored.</summary>
public sealed class ApiTokenRow
{
    /// <summary>SHA-256 of the token, hexadecimal.</summary>
    public required string Id { get; init; }

    public required string User { get; init; }

    public required string Label { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>To five minutes.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    internal ApiTokenView ToView() => new(Id, User, Label, CreatedAt, ExpiresAt, LastUsedAt);
}
