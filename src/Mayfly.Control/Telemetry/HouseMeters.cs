using System.Diagnostics.Metrics;

namespace Mayfly.Control.Telemetry;

/// <summary>What is counted and timed as it happens. Labels are kinds, levels, steps and pools: never users or machines.</summary>
public sealed class HouseMeters
{
    /// <summary>Name of Mayfly's own meter.</summary>
    public const string MeterName = "Mayfly";

    // Seconds. A fork takes tens of milliseconds, a boot under emulation minutes.
    private static readonly InstrumentAdvice<double> ForkSeconds = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300] };
    private static readonly InstrumentAdvice<double> LogonSeconds = new() { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60] };
    private static readonly InstrumentAdvice<double> WriteSeconds = new() { HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5] };

    private readonly Counter<long> _forks;
    private readonly Histogram<double> _running;
    private readonly Histogram<double> _ready;
    private readonly Histogram<double> _logon;
    private readonly Counter<long> _attaches;
    private readonly Histogram<double> _attach;
    private readonly Counter<long> _signIns;
    private readonly Counter<long> _events;
    private readonly UpDownCounter<long> _displays;
    private readonly Histogram<double> _writes;
    private readonly MetricHistory _history;

    /// <summary>Makes the instruments.</summary>
    public HouseMeters(IMeterFactory meters, MetricHistory history)
    {
        _history = history;
        Meter = meters.Create(MeterName);
        _forks = Meter.CreateCounter<long>("mayfly.forks", "{fork}", "Machines made, or not made, by outcome: ready or failed.");
        _running = Meter.CreateHistogram("mayfly.fork.running", "s", "From the request to the guest's CPUs running.", advice: ForkSeconds);
        _ready = Meter.CreateHistogram("mayfly.fork.ready", "s", "From the request to ClonePrep done.", advice: ForkSeconds);
        _logon = Meter.CreateHistogram("mayfly.logon", "s", "Steps from the click to the first picture.", advice: LogonSeconds);
        _attaches = Meter.CreateCounter<long>("mayfly.attaches", "{attach}", "Times applications or a volume were attached, by what and outcome: ok or failed.");
        _attach = Meter.CreateHistogram("mayfly.attach", "s", "What attaching applications or a volume took.", advice: LogonSeconds);
        _signIns = Meter.CreateCounter<long>("mayfly.sign_ins", "{sign-in}", "Attempts to sign in with a password, by outcome: ok or failed.");
        _events = Meter.CreateCounter<long>("mayfly.events", "{event}", "Events, by kind and level.");
        _displays = Meter.CreateUpDownCounter<long>("mayfly.displays.open", "{display}", "Displays open now.");
        _writes = Meter.CreateHistogram("mayfly.database.write", "s", "Transactions that write, from their turn to their end.", advice: WriteSeconds);
    }

    /// <summary>The meter, for what is looked at rather than counted.</summary>
    internal Meter Meter { get; }

    /// <summary>A display was opened, or closed.</summary>
    public void Display(bool opened) => _displays.Add(opened ? 1 : -1);

    /// <summary>Somebody tried to sign in.</summary>
    public void SignIn(bool good) => _signIns.Add(1, new KeyValuePair<string, object?>("outcome", good ? "ok" : "failed"));

    internal void Made(string pool, bool shell, double runningMilliseconds, double readyMilliseconds)
    {
        _forks.Add(1, new("pool", pool), new("outcome", "ready"));
        _running.Record(runningMilliseconds / 1000, new KeyValuePair<string, object?>("shell", shell));
        _ready.Record(readyMilliseconds / 1000, new KeyValuePair<string, object?>("shell", shell));
        _history.Made(runningMilliseconds / 1000, readyMilliseconds / 1000);
    }

    internal void NotMade(string pool)
    {
        _forks.Add(1, new("pool", pool), new("outcome", "failed"));
        _history.NotMade();
    }

    internal void Logon(string step, double seconds) => _logon.Record(seconds, new KeyValuePair<string, object?>("step", step));

    /// <param name="what">"apps", "volume", "persona" or "environment".</param>
    /// <param name="seconds">How long it took.</param>
    /// <param name="failed">True when not all is there.</param>
    internal void Attached(string what, double seconds, bool failed)
    {
        _attaches.Add(1, new("what", what), new("outcome", failed ? "failed" : "ok"));
        _attach.Record(seconds, new KeyValuePair<string, object?>("what", what));
    }

    internal void Happened(string kind, string level) => _events.Add(1, new("kind", kind), new("level", level));

    internal void Wrote(TimeSpan took) => _writes.Record(took.TotalSeconds);
}
