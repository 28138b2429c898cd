using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Sessions;

/// <summary>
/// Shows, in each session with applications to be attached on demand, their launchers, and attaches the application whose launcher is
/// started. Begins anew for all open sessions when mayflyd starts.
/// </summary>
internal sealed partial class DemandWatch(
    HouseDatabase database, IMachineHost host, SessionAttacher attacher, DemandQueue queue, BackgroundJobs jobs, Lifetimes lifetimes, TimeProvider time, ILogger<DemandWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, Watch> _watches = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using (var context = await database.ReadAsync(stoppingToken))
        {
            foreach (var id in await context.Sessions.Where(s => s.EndedAt == null && !s.Attaching).Select(s => s.Id).ToListAsync(stoppingToken)) queue.Tell(id);
        }

        await foreach (var id in queue.ReadAsync(stoppingToken)) await BeginAsync(id);
    }

    /// <summary>Begins to watch a session, or begins anew: what it lacks may be another now.</summary>
    private async Task BeginAsync(string sessionId)
    {
        foreach (var ended in _watches.Where(entry => entry.Value.Task.IsCompleted).Select(entry => entry.Key).ToList()) _watches.Remove(ended);
        var before = _watches.GetValueOrDefault(sessionId);
        if (before is not null) await before.Cancellation.CancelAsync();
        var cancellation = new CancellationTokenSource();
        _watches[sessionId] = new Watch(cancellation, jobs.Start($"launchers of session {sessionId}", async stopping =>
        {
            if (before is not null) await before.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellation.Token);
            return await WatchAsync(sessionId, either.Token);
        }));
    }

    private async Task<bool> WatchAsync(string sessionId, CancellationToken cancellationToken)
    {
        try
        {
            while (await LookAsync(sessionId, cancellationToken))
            {
            }

            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Waits for one launcher and attaches its application; false when there is nothing to wait for.</summary>
    private async Task<bool> LookAsync(string sessionId, CancellationToken cancellationToken)
    {
        var (machineId, launchers) = await LaunchersAsync(sessionId, cancellationToken);
        if (machineId is null) return false;
        // Held before the check: an end in between is not missed.
        using var lease = lifetimes.Hold(Lifetimes.Machine(machineId), cancellationToken);
        try
        {
            if (launchers.Count == 0 || (await LaunchersAsync(sessionId, lease.Token)).MachineId is null) return false;
            var started = await host.AwaitLaunchAsync(machineId, [.. launchers.Keys], lease.Token);
            if (started.TryGet(out var id, out var fault)) return await AttachAsync(sessionId, launchers, id, lease.Token);
            LogNotShown(sessionId, fault.ToString());
            // The machine is off or gone, or its image knows no launchers: the next opening begins anew.
            if (fault.Code is ErrorCode.NotFound or ErrorCode.MachineStateWrong) return false;
            await Task.Delay(Rest, time, lease.Token);
            return true;
        }
        catch (OperationCanceledException) when (lease.Token.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
#pragma warning disable CA1031 // One session's bug is told and tried again; its launchers stay.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogBroke(sessionId, exception);
            await Task.Delay(Rest, time, cancellationToken);
            return true;
        }
    }

    private async Task<bool> AttachAsync(string sessionId, IReadOnlyDictionary<Launcher, string> launchers, string id, CancellationToken cancellationToken)
    {
        // What a guest says is checked: only what was shown can be started.
        var app = launchers.FirstOrDefault(launcher => launcher.Key.Id == id).Value;
        if (app is null) await Task.Delay(Rest, time, cancellationToken);
        else if ((await attacher.AttachAppAsync(sessionId, app, null, cancellationToken)).Fault is { } fault) LogNotShown(sessionId, fault.ToString());
        return true;
    }

    /// <summary>The launchers of what is not attached yet, with their applications; no machine when the session is not open.</summary>
    private async Task<(string? MachineId, IReadOnlyDictionary<Launcher, string> Launchers)> LaunchersAsync(string sessionId, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var row = await context.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == sessionId && s.EndedAt == null && !s.Attaching, cancellationToken);
        var launchers = new Dictionary<Launcher, string>();
        if (row is null) return (null, launchers);
        var missing = row.Apps.Where(app => app is { Delivery: PackageDelivery.Demand, Attached: false }).ToList();
        var names = missing.ConvertAll(app => app.App);
        var packages = missing.Count == 0 ? [] : await context.Packages.AsNoTracking().Where(p => names.Contains(p.App)).ToListAsync(cancellationToken);
        foreach (var package in packages.Where(p => missing.Exists(app => app.App == p.App && app.Version == p.Version)))
            foreach (var (program, number) in package.Manifest.Programs.Select((program, number) => (program, number)))
                launchers[new Launcher($"{package.Id}.{number}", program.Name, program.Id)] = package.App;
        return (row.MachineId, launchers);
    }

    [LoggerMessage(350, LogLevel.Warning, "Applications on demand of session {Session}: {Fault}")]
    private partial void LogNotShown(string session, string fault);

    [LoggerMessage(351, LogLevel.Error, "Waiting for applications on demand of session {Session} failed in an unforeseen way; it is tried again")]
    private partial void LogBroke(string session, Exception exception);

    private sealed record Watch(CancellationTokenSource Cancellation, Task Task);
}
