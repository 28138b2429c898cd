using Mayfly.Contracts.Api;
using Mayfly.Control.Hosts;
using Mayfly.Control.Machines;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Pools;

/// <summary>Reads what is asked of a pool and what is known of it: the planner's two arguments.</summary>
public sealed class PoolObserver(HouseDatabase database, IMachineHost host, HostDuty duty, PoolHealth health, MachineOperations operations, ControlOptions options, TimeProvider time)
{
    internal async Task<(PoolRow Pool, PoolSpec Spec, PoolSnapshot Observed)?> ObserveAsync(string name, CancellationToken cancellationToken)
    {
        // Slots and operations first: what ends in between leaves a slot unused and wakes the pool again.
        var slots = options.ForkLimit * duty.Makers - operations.Making;
        var busy = operations.Busy();
        // Who waits before who has got one: whoever is handed a machine in between is found in its row, and counted once.
        var waiting = health.WaitingFor(name);
        await using var context = await database.ReadAsync(cancellationToken);
        var pool = await context.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Name == name, cancellationToken);
        if (pool is null) return null;
        var paused = await context.Pushes.AnyAsync(p => p.Pool == name && p.State == PushState.Paused, cancellationToken);
        var rows = await context.Machines.Where(m => m.Pool == name).OrderBy(m => m.CreatedAt)
            .Select(m => new { m.Id, m.Name, m.State, m.Version, m.User, Owned = m.Owner != null, m.Extra, m.UnreachableSince, m.Host }).ToListAsync(cancellationToken);
        var machines = rows.ConvertAll(m => new PoolMachine(m.Id, m.Name, m.State, m.Version)
        {
            InUse = m.User is not null,
            Owned = m.Owned,
            Wanted = health.IsWanted(m.Id),
            Extra = m.Extra,
            Busy = busy.Contains(m.Id),
            Leaving = duty.Rests(m.Host) || HostFaults.IsLost(host.Find(m.Id)),
            UnreachableSince = m.UnreachableSince,
        });
        var foreign = await MachineNames.Of(pool.NamePattern, context.Machines).Where(m => m.Pool != name).Select(m => m.Name).ToListAsync(cancellationToken);
        var taken = machines.Select(m => m.Name).Concat(foreign).ToHashSet();
        return (pool, SpecOf(pool, paused), new PoolSnapshot(machines, taken, waiting.Except(rows.Select(m => m.User)).Count(), slots, health.RestOf(name)));
    }

    private PoolSpec SpecOf(PoolRow pool, bool paused)
    {
        var (spare, until) = SpareLevels.At(pool.Settings, time.GetUtcNow());
        return new PoolSpec
        {
            NamePattern = pool.NamePattern,
            Sizing = pool.Settings.Sizing,
            Maximum = pool.Settings.Maximum,
            Minimum = pool.Settings.Minimum,
            Spare = spare,
            SpareUntil = until,
            Version = pool.Version,
            CanaryVersion = pool.CanaryVersion,
            CanaryMachines = pool.CanaryMachines.ToHashSet(),
            MakesMachines = pool.MakesMachines,
            PushPaused = paused,
            RollBatch = options.ForkLimit,
            StartOnConnect = pool.Settings.StartOnConnect,
            Patience = options.Patience,
            Deleting = pool.Deleting,
        };
    }
}
