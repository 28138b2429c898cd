using Mayfly.Remote.Wire;

namespace Mayfly.Remote.Serving;

/// <summary>
/// How long this host may take itself for a part of its house. Counted on its own clock, from an answer that it knows has arrived: when only its
/// answers are lost, the house takes it for lost, and then it must too.
/// </summary>
internal sealed class HostLease(TimeProvider time)
{
    // Renewals that overlap are few.
    private const int MostUnheard = 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, long> _answered = [];
    private long _number;
    private long? _from;
    private TimeSpan _length;

    /// <summary>How long it holds still; zero or less once it has ended, null before the first.</summary>
    public TimeSpan? Left
    {
        get
        {
            lock (_lock) return _from is { } from ? _length - time.GetElapsedTime(from) : null;
        }
    }

    /// <summary>Renews it, and gives the number of the answer.</summary>
    public long Renew(LeaseAsked asked)
    {
        lock (_lock)
        {
            if (_answered.TryGetValue(asked.Heard, out var sent) && (_from is null || sent > _from)) (_from, _length) = (sent, asked.Length);
            _answered[++_number] = time.GetTimestamp();
            _answered.Remove(_number - MostUnheard);
            return _number;
        }
    }
}
