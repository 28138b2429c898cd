using Mayfly.Control.Apps;
using Mayfly.Control.Captures;
using Mayfly.Control.Events;
using Mayfly.Control.Machines;
using Mayfly.Control.Pushing;
using Mayfly.Control.Sessions;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Pools;

/// <summary>
/// Step 9 of the main path (Reconcile): brings each pool to its wanted shape. Woken by whatever changes a pool; looks at what is, not at
/// what happened. Looking at everything now and then is only for what nobody told.
/// </summary>
public sealed partial class PoolReconciler(
    HouseDatabase database, IMachineHost host, PoolQueue queue, PoolObserver observer, PoolExecutor executor, PushDriver pushes, RetiredImages retired,
    MachineAudit audit, LeftoverFiles leftovers, CaptureWorker captures, SessionRules rules, SignIns signIns, EventRetention events, SessionRetention sessions, ControlOptions options, TimeProvider time,
    ILogger<PoolReconciler> logger) : BackgroundService
{
    private readonly ShellNeeds _shells = new(options.ShellsPerImage);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.PrepareAsync(cancellationToken);
        await audit.AtStartAsync(cancellationToken);
        await leftovers.RemoveAsync(cancellationToken);
        queue.Wake(PoolQueue.Everything);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var resync = time.CreateTimer(_ => queue.Wake(PoolQueue.Everything), null, options.Resync, options.Resync);
        while (true)
        {
            var pool = await queue.TakeAsync(stoppingToken);
            try
            {
                if (pool == PoolQueue.Everything) await LookAtEverythingAsync(stoppingToken);
                else await LookAsync(pool, stoppingToken);
                queue.Succeeded(pool);
            }
#pragma warning disable CA1031 // One pool's bug, or a full database, is told and tried again; it must not keep the others from their machines.
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogBroke(pool, exception);
                queue.Failed(pool);
            }
        }
    }

    private async Task LookAtEverythingAsync(CancellationToken cancellationToken)
    {
        await audit.CompareAsync(cancellationToken);
        await captures.CompareAsync(cancellationToken);
        await retired.RemoveUnusedAsync(cancellationToken);
        await signIns.SweepAsync(cancellationToken);
        await rules.TidyAsync(cancellationToken);
        await events.TrimAsync(cancellationToken);
        await sessions.TrimAsync(cancellationToken);
        await using var context = await database.ReadAsync(cancellationToken);
        foreach (var pool in await context.Pools.Select(p => p.Name).ToListAsync(cancellationToken)) queue.Wake(pool);
    }

    private async Task LookAsync(string name, CancellationToken cancellationToken)
    {
        await pushes.AdvanceAsync(name, cancellationToken);
        await rules.ApplyAsync(name, cancellationToken);
        var seen = await observer.ObserveAsync(name, cancellationToken);
        if (_shells.Note(name, seen?.Pool)) host.Expect(_shells.Wanted);
        if (seen is not var (_, spec, observed)) return;
        var plan = PoolPlanner.Plan(spec, observed, time.GetUtcNow());
        if (plan is { IsEmpty: true, Wants: false } && observed.IsOf(spec)) await pushes.CompleteAsync(name, cancellationToken);
        await executor.CarryOutAsync(name, plan, cancellationToken);
    }

    [LoggerMessage(500, LogLevel.Error, "Reconciling {Pool} failed in an unforeseen way; it is tried again")]
    private partial void LogBroke(string pool, Exception exception);
}
