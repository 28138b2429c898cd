namespace Mayfly.Control.Idempotency;

/// <summary>The answer to a request that carried an idempotency key. The body is encrypted with that key, which is not stored.</summary>
public sealed class IdempotencyRow
{
    /// <summary>Hash of the caller and the key.</summary>
    public required string Id { get; init; }

    /// <summary>Hash of method, path and body.</summary>
    public required string Request { get; init; }

    public required int Status { get; init; }

    public string? Location { get; init; }

    public required byte[] Body { get; init; }

    public required DateTimeOffset At { get; init; }
}
