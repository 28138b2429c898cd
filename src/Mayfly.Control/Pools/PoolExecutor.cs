using Mayfly.Control.Machines;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Pools;

/// <summary>Carries a plan out. Decides nothing: what it begins goes on in the background and wakes the pool when it ends.</summary>
public sealed class PoolExecutor(
    HouseDatabase database, PoolQueue queue, PoolHealth health, MachineForge forge, MachineDisposal disposal, HouseChanges changes)
{
    internal async Task CarryOutAsync(string pool, PoolPlan plan, CancellationToken cancellationToken)
    {
        foreach (var machine in plan.Destroys) await disposal.BeginUnusedAsync(machine, remake: false, cancellationToken);
        foreach (var machine in plan.Rebuilds) await disposal.BeginUnusedAsync(machine, remake: true, cancellationToken);
        foreach (var machine in plan.Starts) _ = forge.StartAsync(machine, machine);
        foreach (var machine in plan.Remakes) _ = forge.ProvisionAsync(machine, machine);
        foreach (var name in plan.Makes)
        {
            var reserved = await forge.ReserveAsync(pool, name, extra: false, cancellationToken);
            if (reserved.TryGet(out var row, out _)) _ = forge.ProvisionAsync(row.Id, row.Name);
            // Someone else took the name or the last place in between: look again.
            else queue.Wake(pool);
        }

        if (plan.Starved) queue.WakeOnFreeSlot(pool, plan.Waited);
        if (plan.NotBefore is { } due) queue.WakeAt(pool, due);
        if (plan.Remove) await RemoveAsync(pool, cancellationToken);
    }

    private async Task RemoveAsync(string pool, CancellationToken cancellationToken)
    {
        await database.WriteAsync(async context =>
        {
            await context.Pushes.Where(p => p.Pool == pool).ExecuteDeleteAsync(cancellationToken);
            return await context.Pools.Where(p => p.Name == pool && p.Deleting).ExecuteDeleteAsync(cancellationToken);
        }, cancellationToken);
        health.Forget(pool);
        changes.Announce();
        // What it kept may be of no use to anybody now.
        queue.Wake(PoolQueue.Everything);
    }
}
