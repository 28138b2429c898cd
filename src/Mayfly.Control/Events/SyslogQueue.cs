using System.Threading.Channels;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Events;

/// <summary>Events on their way to the syslog server: a limited number, the newest left out when it can not be reached for long.</summary>
public sealed class SyslogQueue
{
    /// <summary>Most events that wait.</summary>
    public const int Room = 10_000;

    private readonly Channel<EventView> _waiting = Channel.CreateBounded<EventView>(new BoundedChannelOptions(Room) { SingleReader = true });
    private long _dropped;

    /// <summary>The events that wait, oldest first.</summary>
    internal ChannelReader<EventView> Waiting => _waiting.Reader;

    /// <summary>Puts an event in, or counts it as dropped when there is no room.</summary>
    internal void Offer(EventView happened)
    {
        if (!_waiting.Writer.TryWrite(happened)) Interlocked.Increment(ref _dropped);
    }

    /// <summary>How many were dropped since this was last asked.</summary>
    internal long TakeDropped() => Interlocked.Exchange(ref _dropped, 0);
}
