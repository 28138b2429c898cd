namespace Mayfly.Control.Idempotency;

/// <summary>An answer that is given again.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Location">The header of that name, or null.</param>
/// <param name="Body">JSON.</param>
public sealed record KeptAnswer(int Status, string? Location, byte[] Body);
