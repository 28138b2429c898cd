using System.Text.Json;
using Mayfly.Engine.Disks;
using Mayfly.Remote.Wire;

namespace Mayfly.Remote.Serving;

/// <summary>
/// How long this host may take itself for a part of its house. Counted on its own clock, from an answer that it knows has arrived: when only its
/// answers are lost, the house takes it for lost, and then it must too. What it was last told is kept in <c>host/lease</c>: a host that is started
/// again and hears nothing has a lease that ends too.
/// </summary>
internal sealed class HostLease : IDisposable
{
    // Renewals that overlap are few.
    private const int MostUnheard = 16;

    private readonly string _file;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, long> _answered = [];
    private long _number;
    private long? _from;
    private Terms _terms;

    public HostLease(string dataDirectory, TimeProvider time)
    {
        _file = Path.Combine(dataDirectory, "host", "lease");
        _time = time;
        _timer = time.CreateTimer(_ => End(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _terms = File.Exists(_file) ? JsonSerializer.Deserialize<Terms>(File.ReadAllText(_file)) ?? new Terms() : new Terms();
        if (_terms.Fence) BeginAt(time.GetTimestamp());
    }

    /// <summary>The lease has ended, and with it the right to write to volumes that others can reach.</summary>
    public event Action? Fenced;

    /// <summary>How long it holds still; zero or less once it has ended, null before the first.</summary>
    public TimeSpan? Left
    {
        get
        {
            lock (_lock) return _from is { } from ? LeftSince(from) : null;
        }
    }

    /// <summary>Renews it, and gives the number of the answer.</summary>
    public long Renew(LeaseAsked asked)
    {
        lock (_lock)
        {
            Keep(new Terms(asked.Length, asked.Fence));
            var now = _time.GetTimestamp();
            if (_answered.TryGetValue(asked.Heard, out var sent) && (_from is null || sent > _from)) BeginAt(sent);
            // Whoever hears the answer to this counts on it.
            else if (asked.Fence && _from is null) BeginAt(now);
            _answered[++_number] = now;
            _answered.Remove(_number - MostUnheard);
            return _number;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void BeginAt(long moment)
    {
        _from = moment;
        var left = LeftSince(moment);
        _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan LeftSince(long moment) => _terms.Length - _time.GetElapsedTime(moment);

    private void Keep(Terms terms)
    {
        if (terms == _terms) return;
        DurableFile.WriteSecret(_file, JsonSerializer.Serialize(terms));
        _terms = terms;
    }

    private void End()
    {
        lock (_lock)
        {
            if (!_terms.Fence || _from is not { } from) return;
            // A timer may be early by a hair.
            if (LeftSince(from) is var left && left > TimeSpan.Zero)
            {
                _timer.Change(left, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        Fenced?.Invoke();
    }

    /// <param name="Length">How long it holds.</param>
    /// <param name="Fence">As in <see cref="LeaseAsked"/>.</param>
    private sealed record Terms(TimeSpan Length = default, bool Fence = false);
}
