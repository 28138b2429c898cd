using Mayfly.Contracts;

namespace Mayfly.Control.Pools;

/// <summary>
/// Why pools are not at their wanted shape, and until when making machines rests: 1 s after the first failure, doubling up to 5 minutes,
/// each time shortened by up to a quarter by chance so that pools do not knock in step. Counts time by the monotonic clock: a wall clock
/// that jumps neither starts a rest nor ends one.
/// </summary>
public sealed class PoolHealth(TimeProvider time, Random jitter)
{
    /// <summary>Outcomes remembered of each pool, of which the share that failed is taken.</summary>
    internal const int Remembered = 20;

    // Fewer outcomes than this say nothing yet.
    private const int Telling = 5;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Ailment> _ailing = [];
    private readonly Dictionary<string, Queue<bool>> _outcomes = [];
    private readonly Dictionary<(string Pool, string User), int> _waiting = [];
    private readonly Dictionary<string, int> _wanted = [];

    /// <summary>Why the pool is not at its wanted shape, or null.</summary>
    public Fault? ProblemOf(string pool)
    {
        lock (_lock) return _ailing.GetValueOrDefault(pool)?.Problem;
    }

    /// <summary>How long making machines of the pool still rests, or null.</summary>
    public TimeSpan? RestOf(string pool)
    {
        lock (_lock)
        {
            if (!_ailing.TryGetValue(pool, out var ailment)) return null;
            var left = ailment.Pause - time.GetElapsedTime(ailment.Since);
            return left > TimeSpan.Zero ? left : null;
        }
    }

    /// <summary>Counts a failure. Failures of machines begun together count as one.</summary>
    public void Failed(string pool, Fault fault)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var before = _ailing.GetValueOrDefault(pool);
            if (before is not null && time.GetElapsedTime(before.Since, now) < before.Pause)
            {
                _ailing[pool] = before with { Problem = fault };
                return;
            }

            var failures = (before?.Failures ?? 0) + 1;
            var pause = TimeSpan.FromTicks(Math.Min(First.Ticks << Math.Min(failures - 1, 20), Longest.Ticks));
            _ailing[pool] = new Ailment(fault, failures, now, pause * (1 - jitter.NextDouble() / 4));
        }
    }

    /// <summary>Forgets the failures of a pool: a machine succeeded, or their cause was removed.</summary>
    public void Clear(string pool)
    {
        lock (_lock) _ailing.Remove(pool);
    }

    /// <summary>Forgets the failures of all pools for which there was no host: there may be one now.</summary>
    public void HostsChanged()
    {
        lock (_lock)
        {
            foreach (var pool in _ailing.Where(entry => entry.Value.Problem.Code is ErrorCode.NoHost or ErrorCode.HostUnreachable or ErrorCode.HostMemoryLow).Select(entry => entry.Key).ToList())
                _ailing.Remove(pool);
        }
    }

    /// <summary>Notes how the making of a machine ended for good. Returns the share of failures in percent, or 0 while too few say anything.</summary>
    public int Count(string pool, bool failed)
    {
        lock (_lock)
        {
            if (!_outcomes.TryGetValue(pool, out var outcomes)) _outcomes[pool] = outcomes = new Queue<bool>(Remembered);
            if (outcomes.Count == Remembered) outcomes.Dequeue();
            outcomes.Enqueue(failed);
            return outcomes.Count < Telling ? 0 : 100 * outcomes.Count(bad => bad) / outcomes.Count;
        }
    }

    /// <summary>Forgets everything of a pool: it begins anew, or is gone.</summary>
    public void Forget(string pool)
    {
        lock (_lock)
        {
            _ailing.Remove(pool);
            _outcomes.Remove(pool);
        }
    }

    /// <summary>Users waiting for a machine of the pool; who has got one is among them until it is handed over.</summary>
    public IReadOnlySet<string> WaitingFor(string pool)
    {
        lock (_lock) return _waiting.Keys.Where(key => key.Pool == pool).Select(key => key.User).ToHashSet();
    }

    /// <summary>Counts how often a user begins (+1) or ends (-1) waiting.</summary>
    public void Waits(string pool, string user, int change)
    {
        lock (_lock) Add(_waiting, (pool, user), change);
    }

    /// <summary>True while somebody waits for this very machine.</summary>
    public bool IsWanted(string machineId)
    {
        lock (_lock) return _wanted.ContainsKey(machineId);
    }

    /// <summary>Counts an owner who begins (+1) or ends (-1) waiting for their own machine.</summary>
    public void Wants(string machineId, int change)
    {
        lock (_lock) Add(_wanted, machineId, change);
    }

    private static void Add<T>(Dictionary<T, int> counts, T key, int change)
        where T : notnull
    {
        var count = counts.GetValueOrDefault(key) + change;
        if (count == 0) counts.Remove(key);
        else counts[key] = count;
    }

    private sealed record Ailment(Fault Problem, int Failures, long Since, TimeSpan Pause);
}
