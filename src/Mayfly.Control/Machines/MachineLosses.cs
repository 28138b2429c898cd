using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Pools;
using Mayfly.Control.Sessions;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Machines;

/// <summary>
/// Deals with machines that ended by themselves. One that is thrown away anyway: the session ends, the row goes, the pool makes another.
/// One that is kept: it is off, its session waits, and the pool turns it on again.
/// </summary>
public sealed class MachineLosses(
    HouseDatabase database, IMachineHost host, MachineLeases leases, EventLog events, Lifetimes lifetimes, PoolHealth health, PoolQueue queue, HouseChanges changes, TimeProvider time)
{
    // One that ends sooner than this after it was READY counts as a failure, so that it is not turned on without a break.
    private static readonly TimeSpan TooSoon = TimeSpan.FromMinutes(1);

    /// <summary>Writes down a loss. Machines still being made are left to their making, those being destroyed to their destruction.</summary>
    public async Task HandleAsync(HostMachineExit exit)
    {
        // No token: the loss has happened, and is written down whole.
        var lost = await database.WriteAsync(async context =>
        {
            var row = await context.Machines.SingleOrDefaultAsync(m => m.Id == exit.MachineId);
            if (row is null || !MachineStates.IsMade(row.State)) return null;
            // One that is known to be off already is no loss.
            if (exit.Kept && row.ProcessId is null) return null;
            // One that has been turned on again since is none either.
            if (exit.Kept && host.Find(row.Id) is { Phase: not MachinePhase.Off }) return null;
            if (exit.Kept) await TurnOffAsync(context, row, exit);
            else await LoseAsync(context, row, exit);
            return row;
        }, CancellationToken.None);
        if (lost is null) return;
        if (exit.Kept && IsTooSoon(lost)) health.Failed(lost.Pool, exit.Fault);
        lifetimes.End(Lifetimes.Machine(exit.MachineId));
        queue.Wake(lost.Pool);
        changes.Announce();
    }

    // The wall clock may have been set back since: then nothing is known.
    private bool IsTooSoon(MachineRow row) => time.GetUtcNow() - row.ReadyAt is { } lived && lived >= TimeSpan.Zero && lived < TooSoon;

    private async Task TurnOffAsync(MayflyDbContext context, MachineRow row, HostMachineExit exit)
    {
        var pool = await context.Pools.AsNoTracking().SingleAsync(p => p.Name == row.Pool);
        row.FailedAttempts = IsTooSoon(row) ? row.FailedAttempts + 1 : 0;
        row.ProcessId = null;
        // One that is held back, or is to go, stays so, on or off; one that ends again and again is not turned on any more.
        if (row.State is not (MachineState.Maintenance or MachineState.AlreadyUsed or MachineState.Error))
            row.MoveTo(row.FailedAttempts >= pool.Settings.Attempts ? MachineState.Error : MachineState.Provisioned, exit.Fault);
        events.Add(context, new HouseEvent(
            EventKinds.MachineExited, $"'{row.Name}' ended by itself and is off; its disk is kept. {exit.Fault}", Pool: row.Pool, Machine: row.Name, Level: "warning"));
    }

    private async Task LoseAsync(MayflyDbContext context, MachineRow row, HostMachineExit exit)
    {
        var session = await context.Sessions.SingleOrDefaultAsync(s => s.MachineId == row.Id && s.EndedAt == null);
        if (session is not null)
        {
            session.End(SessionEnds.MachineExited, time.GetUtcNow());
            events.Add(context, new HouseEvent(
                EventKinds.SessionEnded, $"The session of '{session.User}' on '{row.Name}' ended because the machine did.",
                Pool: row.Pool, Machine: row.Name, Level: "warning")
            {
                User = session.User,
            });
        }

        context.Machines.Remove(row);
        await leases.FreeAsync(context, row.Id);
        events.Add(context, new HouseEvent(
            EventKinds.MachineExited, $"'{row.Name}' ended by itself. {exit.Fault}", Pool: row.Pool, Machine: row.Name, Level: "error"));
    }
}
