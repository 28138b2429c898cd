using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Machines;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Sessions;

/// <summary>Sessions in progress: finding, connecting, logging off.</summary>
public sealed class SessionDesk(HouseDatabase database, MachineDisposal disposal, HouseChanges changes, Lifetimes lifetimes, EventLog events, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _displays = [];

    /// <summary>The machine of a user's open session, or null. A session of somebody else is not found.</summary>
    public async Task<string?> MachineOfAsync(string sessionId, string user, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Sessions.Where(s => s.Id == sessionId && s.User == user && s.EndedAt == null)
            .Select(s => s.MachineId).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>
    /// Step 8 of the main path (Log off): the session ends, its displays close, and the machine is destroyed before this returns.
    /// Doing so twice is the same as once. Faults: NotFound.
    /// </summary>
    /// <param name="sessionId">Which.</param>
    /// <param name="owner">Whose it must be, or null for an administrator.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Stops waiting, not the log-off.</param>
    public async Task<Outcome<Done>> LogOffAsync(string sessionId, string? owner, string actor, CancellationToken cancellationToken)
    {
        var machineId = await database.WriteAsync(async context =>
        {
            var session = await context.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && (owner == null || s.User == owner), cancellationToken);
            if (session is null || session.EndedAt is not null) return session?.MachineId;
            (session.EndedAt, session.EndedBy, session.Connected) = (time.GetUtcNow(), SessionEnds.LogOff, false);
            var machine = await context.Machines.SingleOrDefaultAsync(m => m.Id == session.MachineId, cancellationToken);
            if (machine is not null) machine.State = MachineState.Deleting;
            events.Add(context, new HouseEvent(
                EventKinds.SessionEnded, $"'{session.User}' was logged off '{session.Machine}'.", actor, session.Pool, session.Machine));
            return session.MachineId;
        }, cancellationToken);
        if (machineId is null) return new Fault(ErrorCode.NotFound, "There is no such session.", null, "It may have ended already.");
        lifetimes.End(Lifetimes.Machine(machineId));
        changes.Announce();
        await disposal.DestroyAsync(machineId, actor).WaitAsync(cancellationToken);
        return Done.Yes;
    }

    /// <summary>Notes that a display of a session was opened or closed.</summary>
    public async Task DisplayAsync(string sessionId, bool opened)
    {
        lock (_lock)
        {
            var count = _displays.GetValueOrDefault(sessionId) + (opened ? 1 : -1);
            if (count == 0) _displays.Remove(sessionId);
            else _displays[sessionId] = count;
        }

        // No token: the display is open or closed, and the state follows.
        await database.WriteAsync(async context =>
        {
            bool connected;
            // Read inside the transaction: the last writer then writes the last state.
            lock (_lock) connected = _displays.ContainsKey(sessionId);
            var session = await context.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.EndedAt == null);
            if (session is null) return 0;
            session.Connected = connected;
            var state = connected ? MachineState.Connected : MachineState.Disconnected;
            return await context.Machines
                .Where(m => m.Id == session.MachineId && (m.State == MachineState.Connected || m.State == MachineState.Disconnected))
                .ExecuteUpdateAsync(m => m.SetProperty(row => row.State, state));
        }, CancellationToken.None);
        changes.Announce();
    }
}
