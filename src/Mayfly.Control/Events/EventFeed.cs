using Mayfly.Contracts.Api;
using Mayfly.Control.Signals;
using Mayfly.Control.Telemetry;

namespace Mayfly.Control.Events;

/// <summary>Tells of each event once it is written down: to the syslog queue, to the counters, and to whoever watches.</summary>
public sealed class EventFeed(SyslogQueue syslog, HouseMeters meters)
{
    /// <summary>Announces each event. Apart from the changes of the house: who waits for those need not look twice.</summary>
    public HouseChanges Told { get; } = new();

    /// <summary>Tells of an event. Never waits and never fails.</summary>
    internal void Tell(EventView happened)
    {
        syslog.Offer(happened);
        meters.Happened(happened.Kind, happened.Level);
        Told.Announce();
    }
}
