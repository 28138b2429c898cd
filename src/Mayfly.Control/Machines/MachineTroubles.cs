using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Machines;

/// <summary>Deals with machines that do not answer, and that answer again. Nothing is destroyed here: the planner decides how long to wait.</summary>
public sealed class MachineTroubles(HouseDatabase database, EventLog events, PoolQueue queue, HouseChanges changes, TimeProvider time)
{
    /// <summary>A machine does not answer: it is not lent meanwhile; a session on it goes on as far as it can.</summary>
    public Task HandleAsync(HostMachineTrouble trouble) => ChangeAsync(trouble.MachineId, (context, row) =>
    {
        if (!MachineStates.IsSettled(row.State)) return false;
        row.MoveTo(MachineState.AgentUnreachable, trouble.Fault);
        row.UnreachableSince = time.GetUtcNow();
        events.Add(context, new HouseEvent(
            EventKinds.MachineUnreachable, $"'{row.Name}' does not answer. {trouble.Fault}", Pool: row.Pool, Machine: row.Name, Level: "warning"));
        return true;
    });

    /// <summary>It answers again: it is what it was.</summary>
    public Task HandleAsync(HostMachineRecovery recovery) => ChangeAsync(recovery.MachineId, (context, row) =>
    {
        if (row.State != MachineState.AgentUnreachable) return false;
        var watched = row.User is not null && context.Sessions.Any(s => s.MachineId == row.Id && s.EndedAt == null && s.Connected);
        row.MoveTo(watched ? MachineState.Connected : row.RunningState);
        events.Add(context, new HouseEvent(EventKinds.MachineRecovered, $"'{row.Name}' answers again.", Pool: row.Pool, Machine: row.Name));
        return true;
    });

    private async Task ChangeAsync(string machineId, Func<MayflyDbContext, MachineRow, bool> change)
    {
        // No token: it has happened.
        var pool = await database.WriteAsync(async context =>
        {
            var row = await context.Machines.SingleOrDefaultAsync(m => m.Id == machineId);
            return row is not null && change(context, row) ? row.Pool : null;
        }, CancellationToken.None);
        if (pool is null) return;
        queue.Wake(pool);
        changes.Announce();
    }
}
