using System.Threading.Channels;

namespace Mayfly.Control.Pools;

/// <summary>Which pools are to be looked at. Carries names, not reasons: any number of wakes before the look are one.</summary>
public sealed class PoolQueue(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _dirty = [];
    private readonly HashSet<string> _starved = [];
    private readonly Dictionary<string, ITimer> _timers = [];
    private readonly Channel<string> _order = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Asks for a look at a pool.</summary>
    public void Wake(string pool)
    {
        lock (_lock)
        {
            if (_dirty.Add(pool)) _order.Writer.TryWrite(pool);
        }
    }

    /// <summary>Asks for a look later; the newest such wish of a pool replaces the one before.</summary>
    public void WakeAt(string pool, DateTimeOffset due)
    {
        var delay = due - time.GetUtcNow();
        lock (_lock)
        {
            if (_timers.Remove(pool, out var old)) old.Dispose();
            _timers[pool] = time.CreateTimer(_ => Wake(pool), null, delay > TimeSpan.Zero ? delay : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Asks for a look as soon as a fork slot is free.</summary>
    public void WakeOnFreeSlot(string pool)
    {
        lock (_lock) _starved.Add(pool);
    }

    /// <summary>Tells that a fork slot is free.</summary>
    public void SlotFreed()
    {
        lock (_lock)
        {
            foreach (var pool in _starved)
            {
                if (_dirty.Add(pool)) _order.Writer.TryWrite(pool);
            }

            _starved.Clear();
        }
    }

    /// <summary>The next pool to look at. A wake during the look brings it again.</summary>
    public async Task<string> TakeAsync(CancellationToken cancellationToken)
    {
        var pool = await _order.Reader.ReadAsync(cancellationToken);
        lock (_lock) _dirty.Remove(pool);
        return pool;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var timer in _timers.Values) timer.Dispose();
            _timers.Clear();
        }
    }
}
