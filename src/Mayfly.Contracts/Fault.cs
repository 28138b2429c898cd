namespace Mayfly.Contracts;

/// <summary>An expected failure, told so that a person can act on it.</summary>
/// <param name="Code">Stable code; never renamed once released.</param>
/// <param name="What">One sentence: what happened, naming the thing it happened to.</param>
/// <param name="Why">The cause as far as known, or null when <paramref name="What"/> already says it.</param>
/// <param name="Remedy">What to do about it, or null when nothing can be done.</param>
public sealed record Fault(ErrorCode Code, string What, string? Why = null, string? Remedy = null)
{
    /// <summary>The fault as one line of text: code, what, why, remedy.</summary>
    public override string ToString() => string.Join(' ', new[] { $"[{Code}]", What, Why, Remedy }.Where(part => part is not null));
}
