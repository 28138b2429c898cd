namespace Mayfly.Control.Pools;

/// <summary>What to do to bring a pool to its wanted shape.</summary>
/// <param name="Forks">Names of machines to fork.</param>
/// <param name="Destroys">Ids of machines to destroy.</param>
/// <param name="Starved">True when more forks are wanted than there are slots: plan again when one is free.</param>
/// <param name="NotBefore">Plan again at this time, or null.</param>
/// <param name="Remove">True when the pool is to be deleted and has no machine left.</param>
internal sealed record PoolPlan(
    IReadOnlyList<string> Forks, IReadOnlyList<string> Destroys, bool Starved, DateTimeOffset? NotBefore, bool Remove);
