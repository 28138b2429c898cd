using System.Collections.Concurrent;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Pools;
using Mayfly.Control.Sessions;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Machines;

/// <summary>Destroys machines: the end of step 8 of the main path. One destruction a machine; whoever else asks joins it.</summary>
public sealed class MachineDisposal(
    HouseDatabase database, IMachineHost host, ForksInFlight flights, Lifetimes lifetimes, PoolQueue queue, HouseChanges changes,
    EventLog events, BackgroundJobs jobs, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<bool>>> _running = new();

    /// <summary>Destroys a machine whatever it is doing. The task ends when it is gone from the host and from the house.</summary>
    /// <param name="machineId">Which; one that is gone already is a success.</param>
    /// <param name="actor">Who asked, or null for Mayfly itself.</param>
    public Task DestroyAsync(string machineId, string? actor) =>
        _running.GetOrAdd(machineId, id => new Lazy<Task<bool>>(() => jobs.Start($"destroy {id}", _ => RunAsync(id, actor)))).Value;

    private async Task<bool> RunAsync(string machineId, string? actor)
    {
        try
        {
            // No token from here on: a destruction does not stop half way.
            var machine = await MarkAsync(machineId);
            lifetimes.End(Lifetimes.Machine(machineId));
            changes.Announce();
            await flights.CancelAsync(machineId);
            await host.DestroyAsync(machineId);
            if (machine is not null) await RemoveAsync(machine, actor);
            return true;
        }
        finally
        {
            _running.TryRemove(machineId, out _);
        }
    }

    private Task<MachineRow?> MarkAsync(string machineId) => database.WriteAsync(async context =>
    {
        var row = await context.Machines.SingleOrDefaultAsync(m => m.Id == machineId);
        if (row is null) return null;
        row.State = MachineState.Deleting;
        var session = await context.Sessions.SingleOrDefaultAsync(s => s.MachineId == machineId && s.EndedAt == null);
        if (session is not null)
        {
            (session.EndedAt, session.EndedBy, session.Connected) = (time.GetUtcNow(), SessionEnds.MachineDeleted, false);
            events.Add(context, new HouseEvent(
                EventKinds.SessionEnded, $"The session of '{session.User}' on '{row.Name}' ended because the machine was deleted.",
                Pool: row.Pool, Machine: row.Name, Level: "warning"));
        }

        return row;
    }, CancellationToken.None);

    private async Task RemoveAsync(MachineRow machine, string? actor)
    {
        await database.WriteAsync(async context =>
        {
            await context.Machines.Where(m => m.Id == machine.Id).ExecuteDeleteAsync();
            return events.Add(context, new HouseEvent(
                EventKinds.MachineDestroyed, $"'{machine.Name}' was destroyed.", actor, machine.Pool, machine.Name));
        }, CancellationToken.None);
        queue.Wake(machine.Pool);
        changes.Announce();
    }
}
