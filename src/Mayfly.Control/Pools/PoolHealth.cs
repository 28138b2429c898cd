using Mayfly.Contracts;

namespace Mayfly.Control.Pools;

/// <summary>
/// Why pools are not at their wanted shape, and until when forks of them rest: 1 s after the first failure, doubling up to 5 minutes,
/// each time shortened by up to a quarter by chance so that pools do not knock in step.
/// </summary>
public sealed class PoolHealth(TimeProvider time, Random jitter)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (Fault Problem, int Failures, DateTimeOffset RestUntil)> _pools = [];
    private readonly Dictionary<string, int> _waiting = [];

    /// <summary>Why the pool is not at its wanted shape, or null.</summary>
    public Fault? ProblemOf(string pool)
    {
        lock (_lock) return _pools.TryGetValue(pool, out var entry) ? entry.Problem : null;
    }

    /// <summary>No fork of the pool before this time, or null.</summary>
    public DateTimeOffset? RestUntil(string pool)
    {
        lock (_lock) return _pools.TryGetValue(pool, out var entry) ? entry.RestUntil : null;
    }

    /// <summary>Counts a failed fork. Failures of forks begun together count as one.</summary>
    public void Failed(string pool, Fault fault)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var before = _pools.GetValueOrDefault(pool);
            if (before.RestUntil > now)
            {
                _pools[pool] = before with { Problem = fault };
                return;
            }

            var failures = before.Failures + 1;
            var pause = TimeSpan.FromTicks(Math.Min(First.Ticks << Math.Min(failures - 1, 20), Longest.Ticks));
            _pools[pool] = (fault, failures, now + pause * (1 - jitter.NextDouble() / 4));
        }
    }

    /// <summary>Forgets the failures of a pool: a fork succeeded, or their cause was removed.</summary>
    public void Clear(string pool)
    {
        lock (_lock) _pools.Remove(pool);
    }

    /// <summary>Users waiting for a machine of the pool.</summary>
    public int WaitingFor(string pool)
    {
        lock (_lock) return _waiting.GetValueOrDefault(pool);
    }

    /// <summary>Counts a user who begins (+1) or ends (-1) waiting.</summary>
    public void Waits(string pool, int change)
    {
        lock (_lock)
        {
            var count = _waiting.GetValueOrDefault(pool) + change;
            if (count == 0) _waiting.Remove(pool);
            else _waiting[pool] = count;
        }
    }
}
