using Mayfly.Contracts.Api;

namespace Mayfly.Control.Telemetry;

/// <summary>The numbers charts are drawn of: one point a minute for 24 hours, in memory. A monitoring system keeps more; this is for a first look.</summary>
public sealed class MetricHistory
{
    /// <summary>Points kept of each number.</summary>
    public const int Room = 24 * 60;

    // Of a minute with more forks, the first of them are looked at for the median.
    private const int MostForks = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<MetricName, Queue<MetricPoint>> _series = Enum.GetValues<MetricName>().ToDictionary(name => name, _ => new Queue<MetricPoint>());
    private readonly List<double> _running = [];
    private readonly List<double> _ready = [];
    private int _made;
    private int _failed;

    /// <summary>The last points of a number.</summary>
    /// <param name="name">Which.</param>
    /// <param name="since">Those after it.</param>
    public MetricSeries Read(MetricName name, DateTimeOffset since)
    {
        lock (_lock) return new MetricSeries(name, UnitOf(name), [.. _series[name].Where(point => point.At > since)]);
    }

    /// <summary>A machine was made.</summary>
    /// <param name="running">Seconds until its CPUs ran.</param>
    /// <param name="ready">Seconds until it was READY.</param>
    internal void Made(double running, double ready)
    {
        lock (_lock)
        {
            _made++;
            if (_ready.Count == MostForks) return;
            _running.Add(running);
            _ready.Add(ready);
        }
    }

    internal void NotMade()
    {
        lock (_lock) _failed++;
    }

    /// <summary>Ends a minute.</summary>
    internal void EndMinute(DateTimeOffset at, HouseSample seen)
    {
        lock (_lock)
        {
            Add(MetricName.SessionsOpen, at, seen.SessionsOpen);
            Add(MetricName.SessionsConnected, at, seen.SessionsConnected);
            Add(MetricName.Forks, at, _made);
            Add(MetricName.ForksFailed, at, _failed);
            AddShares(MetricName.RunningMedian, MetricName.Running95, at, _running);
            AddShares(MetricName.ForkMedian, MetricName.Fork95, at, _ready);
            Add(MetricName.MemoryShared, at, seen.SharedBytes);
            Add(MetricName.MemoryPrivate, at, seen.PrivateBytes);
            Add(MetricName.MemoryFree, at, seen.FreeBytes);
            (_made, _failed) = (0, 0);
        }
    }

    /// <summary>The seconds that half and 95 of 100 stayed below; nothing when there were none. The list is empty then.</summary>
    private void AddShares(MetricName median, MetricName most, DateTimeOffset at, List<double> seconds)
    {
        if (seconds.Count == 0) return;
        seconds.Sort();
        Add(median, at, At(0.5));
        Add(most, at, At(0.95));
        seconds.Clear();

        double At(double share) => seconds[(int)Math.Ceiling(share * seconds.Count) - 1];
    }

    private void Add(MetricName name, DateTimeOffset at, double value)
    {
        var points = _series[name];
        if (points.Count == Room) points.Dequeue();
        points.Enqueue(new MetricPoint(at, value));
    }

    private static string UnitOf(MetricName name) => name switch
    {
        MetricName.SessionsOpen or MetricName.SessionsConnected => "sessions",
        MetricName.Forks or MetricName.ForksFailed => "forks",
        MetricName.RunningMedian or MetricName.Running95 or MetricName.ForkMedian or MetricName.Fork95 => "s",
        _ => "bytes",
    };
}
