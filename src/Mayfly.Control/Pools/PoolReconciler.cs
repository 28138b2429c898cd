using Mayfly.Control.Events;
using Mayfly.Control.Machines;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
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
    HouseDatabase database, IMachineHost host, PoolQueue queue, PoolHealth health, ForksInFlight flights, MachineForge forge, MachineDisposal disposal,
    MachineAudit audit, HouseChanges changes, EventLog events, ControlOptions options, TimeProvider time, ILogger<PoolReconciler> logger) : BackgroundService
{
    // No pool can have this name.
    private const string Everything = "*";
    private static readonly TimeSpan AfterBug = TimeSpan.FromSeconds(10);
    private Dictionary<ImageVersion, int> _expected = [];

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.PrepareAsync(cancellationToken);
        await audit.AtStartAsync(cancellationToken);
        queue.Wake(Everything);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var resync = time.CreateTimer(_ => queue.Wake(Everything), null, options.Resync, options.Resync);
        while (true)
        {
            var pool = await queue.TakeAsync(stoppingToken);
            try
            {
                if (pool == Everything) await LookAtEverythingAsync(stoppingToken);
                else await LookAsync(pool, stoppingToken);
                await ExpectAsync(stoppingToken);
            }
#pragma warning disable CA1031 // One pool's bug is told and tried again; it must not keep the others from their machines.
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogBroke(pool, exception);
                queue.WakeAt(pool, time.GetUtcNow() + AfterBug);
            }
        }
    }

    private async Task LookAtEverythingAsync(CancellationToken cancellationToken)
    {
        await audit.CompareAsync(cancellationToken);
        await events.TrimAsync(cancellationToken);
        await using var context = await database.ReadAsync(cancellationToken);
        foreach (var pool in await context.Pools.Select(p => p.Name).ToListAsync(cancellationToken)) queue.Wake(pool);
    }

    private async Task LookAsync(string name, CancellationToken cancellationToken)
    {
        if (await ObserveAsync(name, cancellationToken) is not var (spec, observed)) return;
        var plan = PoolPlanner.Plan(spec, observed, time.GetUtcNow());
        foreach (var machineId in plan.Destroys) _ = disposal.DestroyAsync(machineId, null);
        foreach (var machine in plan.Forks)
        {
            var reserved = await forge.ReserveAsync(name, machine, cancellationToken);
            if (reserved.TryGet(out var row, out _)) _ = forge.Start(spec, row);
            // Someone else took the name or the last place in between: look again.
            else queue.Wake(name);
        }

        if (plan.Starved) queue.WakeOnFreeSlot(name);
        if (plan.NotBefore is { } due) queue.WakeAt(name, due);
        if (plan.Remove) await RemoveAsync(name, cancellationToken);
    }

    private async Task<(PoolSpec Spec, PoolSnapshot Observed)?> ObserveAsync(string name, CancellationToken cancellationToken)
    {
        // Slots first: a fork that ends in between leaves one unused and wakes the pool again.
        var slots = Math.Max(0, options.ForkLimit - flights.Count);
        await using var context = await database.ReadAsync(cancellationToken);
        var pool = await context.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Name == name, cancellationToken);
        if (pool is null) return null;
        var machines = await context.Machines.Select(m => new { m.Id, m.Name, m.State, m.Pool }).ToListAsync(cancellationToken);
        var own = machines.Where(m => m.Pool == name).Select(m => new PoolMachine(m.Id, m.Name, m.State)).ToList();
        var taken = machines.Select(m => m.Name).ToHashSet();
        return (pool.ToSpec(), new PoolSnapshot(own, taken, health.WaitingFor(name), slots, health.RestUntil(name)));
    }

    private async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        await database.WriteAsync(context => context.Pools.Where(p => p.Name == name && p.Deleting).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        health.Clear(name);
        changes.Announce();
    }

    private async Task ExpectAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var pools = await context.Pools.AsNoTracking().Where(p => !p.Deleting).ToListAsync(cancellationToken);
        var wanted = pools.GroupBy(pool => new ImageVersion(pool.Image, pool.Version))
            .ToDictionary(image => image.Key, image => Math.Clamp(image.Sum(pool => pool.Spare), 1, options.ShellsPerImage));
        if (wanted.Count == _expected.Count && wanted.All(pair => _expected.TryGetValue(pair.Key, out var shells) && shells == pair.Value)) return;
        host.Expect(wanted);
        _expected = wanted;
    }

    [LoggerMessage(500, LogLevel.Error, "Reconciling {Pool} failed in an unforeseen way; it is tried again")]
    private partial void LogBroke(string pool, Exception exception);
}
