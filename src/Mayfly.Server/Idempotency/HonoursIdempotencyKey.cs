namespace Mayfly.Server.Idempotency;

/// <summary>Marks an endpoint that answers a request with the same Idempotency-Key once, and then with the same answer.</summary>
internal sealed record HonoursIdempotencyKey;

/// <summary>How endpoints say so.</summary>
internal static class IdempotentEndpoints
{
    /// <summary>Name of the header.</summary>
    public const string KeyHeader = "Idempotency-Key";

    /// <summary>Name of the header of an answer that was given before.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    /// <summary>Honours the header.</summary>
    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder builder) =>
        builder.AddEndpointFilter<IdempotencyFilter>().WithMetadata(new HonoursIdempotencyKey()).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
