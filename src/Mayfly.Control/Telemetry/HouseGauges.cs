using System.Diagnostics.Metrics;

namespace Mayfly.Control.Telemetry;

/// <summary>What is looked at now and then rather than counted: shows the last <see cref="HouseSample"/>.</summary>
public sealed class HouseGauges
{
    private HouseSample? _last;

    /// <summary>Makes the instruments.</summary>
    public HouseGauges(HouseMeters meters)
    {
        var meter = meters.Meter;
        meter.CreateObservableGauge("mayfly.sessions.open", () => One(seen => seen.SessionsOpen), "{session}", "Sessions that are open.");
        meter.CreateObservableGauge("mayfly.sessions.connected", () => One(seen => seen.SessionsConnected), "{session}", "Sessions whose user is watching.");
        meter.CreateObservableGauge("mayfly.machines", Machines, "{machine}", "Machines by pool and state.");
        meter.CreateObservableGauge("mayfly.push.replaced", () => Pushes(push => push.Replaced), "{machine}", "Machines of the new version, by pool with a push in progress.");
        meter.CreateObservableGauge("mayfly.push.remaining", () => Pushes(push => push.Remaining), "{machine}", "Machines still of another version, in use or not.");
        meter.CreateObservableGauge("mayfly.host.memory.shared", () => One(seen => seen.SharedBytes), "By", "Memory of warm images that machines share, counted once.");
        meter.CreateObservableGauge("mayfly.host.memory.private", () => One(seen => seen.PrivateBytes), "By", "Memory that is single machines' alone, added up.");
        meter.CreateObservableGauge("mayfly.host.memory.free", () => One(seen => seen.FreeBytes), "By", "Memory of the host still to be had.");
    }

    internal HouseSample? Last
    {
        get => Volatile.Read(ref _last);
        set => Volatile.Write(ref _last, value);
    }

    private IEnumerable<Measurement<long>> One(Func<HouseSample, long> number)
    {
        if (Last is { } seen) yield return new Measurement<long>(number(seen));
    }

    private IEnumerable<Measurement<long>> Machines() =>
        (Last?.Machines ?? []).Select(entry => new Measurement<long>(entry.Count, new("pool", entry.Pool), new("state", entry.State.ToString())));

    private IEnumerable<Measurement<long>> Pushes(Func<(string Pool, int Replaced, int Remaining), int> number) =>
        (Last?.Pushes ?? []).Select(push => new Measurement<long>(number(push), new KeyValuePair<string, object?>("pool", push.Pool)));
}
