namespace Mayfly.Contracts.Api;

/// <summary>A number of the house over time, one point a minute, at most 24 hours back; kept in memory, so it begins with mayflyd.</summary>
/// <param name="Name">Which.</param>
/// <param name="Unit">What it is counted in: "sessions", "forks", "s" or "bytes".</param>
/// <param name="Points">Oldest first. A minute in which there was nothing to measure has none.</param>
public sealed record MetricSeries(MetricName Name, string Unit, IReadOnlyList<MetricPoint> Points);

/// <summary>One minute.</summary>
/// <param name="At">Its end.</param>
/// <param name="Value">The number.</param>
public sealed record MetricPoint(DateTimeOffset At, double Value);

/// <summary>What charts are drawn of.</summary>
public enum MetricName
{
    /// <summary>Sessions that are open, at the end of the minute.</summary>
    SessionsOpen,
    /// <summary>Those of them whose user is watching.</summary>
    SessionsConnected,
    /// <summary>Machines that were made in the minute.</summary>
    Forks,
    /// <summary>Machines that could not be made in the minute.</summary>
    ForksFailed,
    /// <summary>Seconds from the request to the guest's CPUs running that half of the minute's machines stayed below.</summary>
    RunningMedian,
    /// <summary>Seconds to running that 95 of 100 stayed below.</summary>
    Running95,
    /// <summary>Seconds from the request to READY that half of the minute's machines stayed below.</summary>
    ForkMedian,
    /// <summary>Seconds to READY that 95 of 100 stayed below.</summary>
    Fork95,
    /// <summary>Bytes of memory that machines share.</summary>
    MemoryShared,
    /// <summary>Bytes of memory that are single machines' alone.</summary>
    MemoryPrivate,
    /// <summary>Bytes of memory still to be had.</summary>
    MemoryFree,
}
