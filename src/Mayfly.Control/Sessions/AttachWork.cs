using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Apps;
using Mayfly.Control.Environments;
using Mayfly.Control.Personas;
using Mayfly.Control.Storage;
using Mayfly.Control.Telemetry;
using Mayfly.Control.Volumes;
using Mayfly.Engine;
using Mayfly.Engine.Attaching;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Sessions;

/// <summary>Step 6 of the main path (Attach) for one session: gives its machine what the session's row says, and says what came of it.</summary>
public sealed class AttachWork(HouseDatabase database, IMachineHost host, VolumeReadying readying, PersonaLoading personas, SessionEnvironments environments, HouseMeters meters, TimeProvider time)
{
    /// <summary>Attaches what a session shall have; with <paramref name="demand"/>, that application too. Doing so twice is the same as once.</summary>
    internal async Task<AttachedSession> DoAsync(SessionRow session, string? demand, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var pool = await context.Pools.AsNoTracking().SingleAsync(p => p.Name == session.Pool, cancellationToken);
        var faults = new Dictionary<string, Fault>();
        var packages = await PackagesAsync(context, session, demand, faults, cancellationToken);
        var started = time.GetTimestamp();
        var volume = await VolumeAsync(session, pool.Settings.VolumeSnapshots, cancellationToken);
        var readied = time.GetElapsedTime(started).TotalSeconds;
        var wanted = new Attachments([.. packages.Select(package => package.Id)], volume.Attachment);
        var outcome = await host.AttachAsync(session.MachineId, wanted, cancellationToken);
        if (!outcome.TryGet(out var result, out var refused)) result = new AttachResult(Attachments.None, wanted.Packages.ToDictionary(id => id, _ => refused), refused, 0, 0);
        foreach (var package in packages)
            if (!result.Attached.Packages.Contains(package.Id)) faults[package.App] = result.Packages.GetValueOrDefault(package.Id) ?? NotThere(package.App);
        var missing = session.Volume is null ? session.VolumeFault : volume.Fault ?? (result.Attached.Volume is null ? result.Volume ?? NotThere("the volume") : null);
        Measure(packages.Count, result.PackageSeconds, faults.Count > 0, "apps");
        Measure(session.Volume is null ? 0 : 1, readied + result.VolumeSeconds, missing is not null, "volume");
        var loading = time.GetTimestamp();
        // After the volume: where it has the home, the persona goes over it.
        var persona = demand is null && session.Persona is { Loaded: false } ? await personas.LoadAsync(session, cancellationToken) : null;
        var brought = time.GetTimestamp();
        // Last: its tasks find all that there is.
        var environment = demand is null && session.Environment is { SetUp: false } ? await environments.SetUpAsync(session, cancellationToken) : null;
        MeasureSettings(persona, time.GetElapsedTime(loading, brought), environment, time.GetElapsedTime(brought));
        return new AttachedSession(AppsOf(session, packages, faults), missing)
        {
            AppSeconds = packages.Count > 0 ? result.PackageSeconds : null,
            VolumeSeconds = session.Volume is null ? null : readied + result.VolumeSeconds,
            Persona = persona,
            PersonaSeconds = persona is null ? null : time.GetElapsedTime(loading, brought).TotalSeconds,
            Environment = environment,
            EnvironmentSeconds = environment is null ? null : time.GetElapsedTime(brought).TotalSeconds,
        };
    }

    /// <summary>The packages to attach, in their order; those that can not be are in <paramref name="faults"/> by application.</summary>
    private async Task<IReadOnlyList<PackageRow>> PackagesAsync(
        MayflyDbContext context, SessionRow session, string? demand, Dictionary<string, Fault> faults, CancellationToken cancellationToken)
    {
        var wanted = session.Apps.Where(app => app.Delivery != PackageDelivery.Demand || app.Attached || app.App == demand).ToList();
        var names = wanted.ConvertAll(app => app.App);
        var known = (await context.Packages.AsNoTracking().Where(p => names.Contains(p.App)).ToListAsync(cancellationToken)).ToDictionary(p => (p.App, p.Version));
        var os = host.Find(session.MachineId)?.Os;
        var packages = new List<PackageRow>();
        foreach (var app in wanted)
        {
            if (!known.TryGetValue((app.App, app.Version), out var package)) faults[app.App] = AppNames.NoPackage(app.App, app.Version);
            else if (package.Manifest.Os is { } made && os is not null && made != os) faults[app.App] = Foreign(package, os);
            else packages.Add(package);
        }

        return packages;
    }

    private async Task<(VolumeAttachment? Attachment, Fault? Fault)> VolumeAsync(SessionRow session, int snapshots, CancellationToken cancellationToken)
    {
        if (session.Volume is not { } volumeId) return (null, null);
        // One the machine has already is written to: there is nothing to keep of it.
        var attached = host.Find(session.MachineId)?.Attached.Volume is not null;
        var ready = await readying.ReadyAsync(volumeId, session.MachineId, attached ? 0 : snapshots, cancellationToken);
        return ready.TryGet(out var volume, out var fault) ? (new VolumeAttachment(volume.Id, volume.Kind), null) : (null, fault);
    }

    private static IReadOnlyList<SessionApp> AppsOf(SessionRow session, IReadOnlyList<PackageRow> packages, Dictionary<string, Fault> faults) =>
    [
        .. session.Apps.Select(app => app with
        {
            Attached = !faults.ContainsKey(app.App) && packages.Any(package => package.App == app.App),
            Fault = faults.GetValueOrDefault(app.App),
        }),
    ];

    private void MeasureSettings(SessionPersona? persona, TimeSpan bringing, SessionEnvironment? environment, TimeSpan settingUp)
    {
        if (persona is not null) meters.Attached("persona", bringing.TotalSeconds, persona.Fault is not null || persona.Parts.Any(part => part.Fault is not null));
        if (environment is { Names.Count: > 0 }) meters.Attached("environment", settingUp.TotalSeconds, environment.Problems.Count > 0);
    }

    private void Measure(int count, double seconds, bool failed, string what)
    {
        if (count > 0 || failed) meters.Attached(what, seconds, failed);
    }

    private static Fault Foreign(PackageRow package, string os) => new(
        ErrorCode.PackageForeign, $"Version {package.Version} of '{package.App}' was made for {package.Manifest.Os}, and the machine has {os}.", null, $"Capture a version on an image of {os}.");

    private static Fault NotThere(string what) => new(ErrorCode.AttachFailed, $"The machine did not get {what}.");
}

/// <summary>What came of attaching.</summary>
/// <param name="Apps">Applications of the session.</param>
/// <param name="VolumeFault">Why the volume is not there, or null.</param>
internal sealed record AttachedSession(IReadOnlyList<SessionApp> Apps, Fault? VolumeFault)
{
    public double? AppSeconds { get; init; }

    public double? VolumeSeconds { get; init; }

    /// <summary>The persona as it was loaded; null when it was not loaded now.</summary>
    public SessionPersona? Persona { get; init; }

    public double? PersonaSeconds { get; init; }

    /// <summary>What was set up; null when nothing was set up now.</summary>
    public SessionEnvironment? Environment { get; init; }

    public double? EnvironmentSeconds { get; init; }

    /// <summary>The first thing that is missing, or null.</summary>
    public Fault? Missing => Apps.Select(app => app.Fault).FirstOrDefault(fault => fault is not null) ?? VolumeFault;
}
