using System.Threading.Channels;

namespace Mayfly.Control.Pools;

/// <summary>
/// Which pools are to be looked at. Carries names, not reasons: any number of wakes before the look are one. A look that failed comes again
/// after a while that doubles with each failure.
/// </summary>
public sealed class PoolQueue(TimeProvider time) : IDisposable
{
    /// <summary>Stands for all pools, and for comparing the house with its host; no pool can have this name.</summary>
    public const string Everything = "*";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private const int MostDoublings = 5;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _dirty = [];
    private readonly LinkedList<string> _starved = [];
    private readonly Dictionary<string, Alarm> _alarms = [];
    private readonly Dictionary<string, int> _failures = [];
    private string? _looking;
    private readonly Channel<string> _order = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Asks for a look at a pool.</summary>
    public void Wake(string pool)
    {
        lock (_lock)
        {
            if (_dirty.Add(pool)) _order.Writer.TryWrite(pool);
        }
    }

    /// <summary>Asks for a look later; of several such wishes of a pool the soonest counts, for each look may wish again.</summary>
    public void WakeAt(string pool, DateTimeOffset due)
    {
        lock (_lock) WakeAfter(pool, due - time.GetUtcNow());
    }

    /// <summary>A look has failed: asks for another one, later the more often it has failed.</summary>
    public void Failed(string pool)
    {
        lock (_lock)
        {
            var failures = _failures[pool] = _failures.GetValueOrDefault(pool) + 1;
            WakeAfter(pool, FirstPause * (1 << Math.Min(failures - 1, MostDoublings)));
        }
    }

    /// <summary>A look went well.</summary>
    public void Succeeded(string pool)
    {
        lock (_lock) _failures.Remove(pool);
    }

    /// <summary>Asks for a look as soon as a slot is free and those that have asked before have had theirs.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="first">True before all others: somebody waits for a machine.</param>
    public void WakeOnFreeSlot(string pool, bool first = false)
    {
        lock (_lock)
        {
            _starved.Remove(pool);
            if (first) _starved.AddFirst(pool);
            else _starved.AddLast(pool);
        }
    }

    /// <summary>Tells that a slot is free. One pool is looked at for it; what that leaves is the next one's.</summary>
    public void SlotFreed()
    {
        lock (_lock) WakeStarved();
    }

    /// <summary>The next pool to look at. A wake during the look brings it again.</summary>
    public async Task<string> TakeAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // The look that is over has not asked for more: there may be slots left.
            if (_looking is { } last && !_starved.Contains(last)) WakeStarved();
            _looking = null;
        }

        var pool = await _order.Reader.ReadAsync(cancellationToken);
        lock (_lock)
        {
            _dirty.Remove(pool);
            _looking = pool;
        }

        return pool;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var alarm in _alarms.Values) alarm.Timer?.Dispose();
            _alarms.Clear();
        }
    }

    private void WakeStarved()
    {
        if (_starved.First is not { } starved) return;
        _starved.RemoveFirst();
        if (_dirty.Add(starved.Value)) _order.Writer.TryWrite(starved.Value);
    }

    private void WakeAfter(string pool, TimeSpan delay)
    {
        // No longer than a day: what is further away is asked again then, whatever the wall clock has done meanwhile.
        var bounded = delay < TimeSpan.Zero ? TimeSpan.Zero : delay < TimeSpan.FromDays(1) ? delay : TimeSpan.FromDays(1);
        var alarm = new Alarm(time.GetTimestamp(), bounded);
        if (_alarms.TryGetValue(pool, out var other))
        {
            if (other.Delay - time.GetElapsedTime(other.Since, alarm.Since) <= bounded) return;
            other.Timer?.Dispose();
        }

        _alarms[pool] = alarm;
        alarm.Timer = time.CreateTimer(_ => Ring(pool, alarm), null, bounded, Timeout.InfiniteTimeSpan);
    }

    private void Ring(string pool, Alarm alarm)
    {
        lock (_lock)
        {
            // One that was replaced while it rang.
            if (_alarms.GetValueOrDefault(pool) != alarm) return;
            _alarms.Remove(pool);
            alarm.Timer?.Dispose();
        }

        Wake(pool);
    }

    private sealed class Alarm(long since, TimeSpan delay)
    {
        public long Since => since;

        public TimeSpan Delay => delay;

        public ITimer? Timer { get; set; }
    }
}
