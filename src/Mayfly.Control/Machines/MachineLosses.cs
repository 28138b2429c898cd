using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Pools;
using Mayfly.Control.Sessions;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Machines;

/// <summary>Deals with machines that ended by themselves: the session ends, the row goes, the pool makes another.</summary>
public sealed class MachineLosses(
    HouseDatabase database, EventLog events, Lifetimes lifetimes, PoolQueue queue, HouseChanges changes, TimeProvider time)
{
    /// <summary>Writes down a loss. Machines still being made are left to their fork, those being destroyed to their destruction.</summary>
    public async Task HandleAsync(HostMachineExit exit)
    {
        // No token: the loss has happened, and is written down whole.
        var pool = await database.WriteAsync(async context =>
        {
            var row = await context.Machines.SingleOrDefaultAsync(m => m.Id == exit.MachineId);
            if (row is null || !IsSettled(row.State)) return null;
            await EndSessionAsync(context, row);
            context.Machines.Remove(row);
            events.Add(context, new HouseEvent(
                EventKinds.MachineExited, $"'{row.Name}' ended by itself. {exit.Fault}", Pool: row.Pool, Machine: row.Name, Level: "error"));
            return row.Pool;
        }, CancellationToken.None);
        if (pool is null) return;
        lifetimes.End(Lifetimes.Machine(exit.MachineId));
        queue.Wake(pool);
        changes.Announce();
    }

    internal static bool IsSettled(MachineState state) => state is MachineState.Available or MachineState.Connected or MachineState.Disconnected;

    private async Task EndSessionAsync(MayflyDbContext context, MachineRow machine)
    {
        var session = await context.Sessions.SingleOrDefaultAsync(s => s.MachineId == machine.Id && s.EndedAt == null);
        if (session is null) return;
        (session.EndedAt, session.EndedBy, session.Connected) = (time.GetUtcNow(), SessionEnds.MachineExited, false);
        events.Add(context, new HouseEvent(
            EventKinds.SessionEnded, $"The session of '{session.User}' on '{machine.Name}' ended because the machine did.",
            Pool: machine.Pool, Machine: machine.Name, Level: "warning"));
    }
}
