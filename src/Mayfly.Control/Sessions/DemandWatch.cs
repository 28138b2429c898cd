using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Sessions;

/// <summary>Shows, in each session with applications to be attached on demand, their launchers, and attaches the application whose launcher is started.</summary>
internal sealed class DemandWatch(
    HouseDatabase database, IMachineHost host, SessionAttacher attacher, AttachedSessions sessions, BackgroundJobs jobs, Lifetimes lifetimes, TimeProvider time, ILogger<DemandWatch> logger)
    : SessionWatcher(database, sessions, jobs, lifetimes, time, logger)
{
    private readonly HouseDatabase _database = database;

    protected override string What => "Applications on demand";

    protected override bool Concerns(SessionRow session) => session.Apps.Any(app => app is { Delivery: PackageDelivery.Demand, Attached: false });

    /// <summary>Waits for one launcher and attaches its application.</summary>
    protected override async Task<Outcome<bool>> HearAsync(SessionRow session, CancellationToken waiting, CancellationToken machine)
    {
        var launchers = await LaunchersAsync(session, waiting);
        if (launchers.Count == 0) return false;
        var started = await host.AwaitLaunchAsync(session.MachineId, [.. launchers.Keys], waiting);
        if (!started.TryGet(out var id, out var fault)) return fault;
        // What a guest says is checked: only what was shown can be started.
        if (launchers.FirstOrDefault(launcher => launcher.Key.Id == id).Value is not { } app) return new Fault(ErrorCode.AgentProtocol, "The guest named a launcher that it was not given.");
        return (await attacher.AttachAppAsync(session.Id, app, null, waiting)).Fault is { } missing ? missing : true;
    }

    /// <summary>The launchers of what is not attached yet, with their applications.</summary>
    private async Task<IReadOnlyDictionary<Launcher, string>> LaunchersAsync(SessionRow session, CancellationToken cancellationToken)
    {
        await using var context = await _database.ReadAsync(cancellationToken);
        var launchers = new Dictionary<Launcher, string>();
        var missing = session.Apps.Where(app => app is { Delivery: PackageDelivery.Demand, Attached: false }).ToList();
        var names = missing.ConvertAll(app => app.App);
        var packages = missing.Count == 0 ? [] : await context.Packages.AsNoTracking().Where(p => names.Contains(p.App)).ToListAsync(cancellationToken);
        foreach (var package in packages.Where(p => missing.Exists(app => app.App == p.App && app.Version == p.Version)))
            foreach (var (program, number) in package.Manifest.Programs.Select((program, number) => (program, number)))
                launchers[new Launcher($"{package.Id}.{number}", program.Name, program.Id)] = package.App;
        return launchers;
    }
}
