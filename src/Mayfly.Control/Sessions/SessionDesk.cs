using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Environments;
using Mayfly.Control.Events;
using Mayfly.Control.Machines;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Sessions;

/// <summary>Sessions in progress: finding, connecting, logging off.</summary>
public sealed partial class SessionDesk(
    HouseDatabase database, SessionDisplays displays, MachineDisposal disposal, MachineRefresh refresh, SessionEnvironments environments, BackgroundJobs jobs, PoolQueue queue, HouseChanges changes, Lifetimes lifetimes, EventLog events, TimeProvider time,
    ILogger<SessionDesk> logger)
{
    /// <summary>The machine of a user's open session, or null. A session of somebody else is not found.</summary>
    public async Task<string?> MachineOfAsync(string sessionId, string user, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Sessions.Where(s => s.Id == sessionId && s.User == user && s.EndedAt == null)
            .Select(s => s.MachineId).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>
    /// Step 8 of the main path (Log off): the session ends and its displays close. A machine that is not kept, or whose refresh is due, is
    /// destroyed before this returns. Doing so twice is the same as once. Faults: NotFound.
    /// </summary>
    /// <param name="sessionId">Which.</param>
    /// <param name="owner">Whose it must be, or null for an administrator.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Stops waiting, not the log-off.</param>
    public Task<Outcome<Done>> LogOffAsync(string sessionId, string? owner, string actor, CancellationToken cancellationToken) =>
        EndAsync(sessionId, owner, actor, SessionEnds.LogOff, null, cancellationToken);

    /// <summary>Logs off because a push to another image version does not wait any longer.</summary>
    internal Task<Outcome<Done>> ForceOffAsync(string sessionId, CancellationToken cancellationToken) =>
        EndAsync(sessionId, null, null, SessionEnds.PushImage, null, cancellationToken);

    /// <summary>Ends a session that could not be given all it shall have, before it was handed over.</summary>
    internal Task<Outcome<Done>> RefuseAsync(string sessionId) => EndAsync(sessionId, null, null, SessionEnds.AttachFailed, null, CancellationToken.None);

    /// <summary>Logs off a session that was without a display for too long, if it still is when everything else stands still.</summary>
    internal Task<Outcome<Done>> EndUnusedAsync(string sessionId, Func<SessionRow, bool> isUnused, CancellationToken cancellationToken) =>
        EndAsync(sessionId, null, null, SessionEnds.DisconnectedTooLong, isUnused, cancellationToken);

    /// <summary>Closes all displays of a session, which goes on. Without a display it does nothing. Faults: NotFound.</summary>
    /// <param name="sessionId">Which.</param>
    /// <param name="actor">Who asks, or null for a rule of the pool.</param>
    /// <param name="reason">What its user reads; at most 123 bytes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<Done>> DisconnectAsync(string sessionId, string? actor, string reason, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var session = await context.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == sessionId && s.EndedAt == null, cancellationToken);
        if (session is null) return SessionFaults.NoSession;
        if (!displays.Close(sessionId, reason)) return Done.Yes;
        await events.RecordAsync(new HouseEvent(EventKinds.SessionDisconnected, $"The displays of '{session.User}' on '{session.Machine}' were closed.", actor, session.Pool, session.Machine)
        {
            User = session.User,
        }, cancellationToken);
        return Done.Yes;
    }

    /// <summary>Notes that a display of a session was opened or closed.</summary>
    /// <param name="sessionId">Which.</param>
    /// <param name="opened">True for one that was opened.</param>
    /// <param name="display">The display, or null when nothing is known of it.</param>
    public async Task DisplayAsync(string sessionId, bool opened, SessionLease? display = null)
    {
        displays.Count(sessionId, opened, display);
        try
        {
            if (await WriteConnectedAsync(sessionId, opened, display?.Origin) is var (session, moment))
            {
                queue.Wake(session.Pool);
                if (moment is { } now) RunTasks(session, now);
            }
        }
        catch (Exception exception) when (StorageFaults.Of(exception) is not null)
        {
            // Whether somebody is looking is worth no display: it opens and closes also while the database can not be written.
            LogNotWritten(sessionId, exception);
        }

        changes.Announce();
    }

    /// <summary>No token: the display is open or closed, and the state follows.</summary>
    private Task<(SessionRow Session, TaskMoment? Moment)?> WriteConnectedAsync(string sessionId, bool opened, DisplayOrigin? origin) => database.WriteAsync<(SessionRow, TaskMoment?)?>(async context =>
    {
        // Read inside the transaction: the last writer then writes the last state.
        var connected = displays.IsOpen(sessionId);
        var session = await context.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.EndedAt == null);
        if (session is null) return null;
        var now = time.GetUtcNow();
        var moment = MomentOf(session, connected);
        if (opened) session.ConnectedAt = now;
        session.Display(connected, opened ? origin : null, origin is null ? 0 : time.GetElapsedTime(origin.AskedAt).TotalSeconds, now);
        var machine = await context.Machines.SingleOrDefaultAsync(m => m.Id == session.MachineId);
        if (machine?.State is MachineState.Connected or MachineState.Disconnected) machine.MoveTo(connected ? MachineState.Connected : MachineState.Disconnected);
        return (session, moment);
    }, CancellationToken.None);

    /// <summary>What has happened to a session whose row says how it was before, if it is anything that tasks may be for.</summary>
    private static TaskMoment? MomentOf(SessionRow before, bool connected) => (before.Connected, connected) switch
    {
        (true, false) => TaskMoment.Disconnect,
        // The first display of a session comes with its logon.
        (false, true) when before.ConnectedAt is not null => TaskMoment.Reconnect,
        _ => null,
    };

    private void RunTasks(SessionRow session, TaskMoment moment) => _ = jobs.Start($"tasks on {session.Machine}", async token =>
    {
        await environments.RunAsync(session, moment, token);
        return Done.Yes;
    });

    private async Task<Outcome<Done>> EndAsync(string sessionId, string? owner, string? actor, string how, Func<SessionRow, bool>? only, CancellationToken cancellationToken)
    {
        var measured = await refresh.MeasureAsync(sessionId, cancellationToken);
        var ended = await database.WriteAsync(async context =>
        {
            var session = await context.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && (owner == null || s.User == owner), cancellationToken);
            if (session is null) return ((SessionRow Session, bool Goes)?)null;
            var machine = await context.Machines.SingleOrDefaultAsync(m => m.Id == session.MachineId, cancellationToken);
            if (session.EndedAt is not null) return (session, machine?.State == MachineState.Deleting);
            if (only?.Invoke(session) is false) return null;
            session.End(how, time.GetUtcNow());
            var why = how switch
            {
                SessionEnds.DisconnectedTooLong => ": it was without a display for too long",
                SessionEnds.AttachFailed => ": not all could be attached",
                _ => "",
            };
            events.Add(context, new HouseEvent(EventKinds.SessionEnded, $"'{session.User}' was logged off '{session.Machine}'{why}.", actor, session.Pool, session.Machine) { User = session.User });
            return (session, machine is not null && await refresh.DecideAsync(context, machine, measured, cancellationToken));
        }, cancellationToken);
        if (ended is not var (session, goes)) return SessionFaults.NoSession;
        lifetimes.End(Lifetimes.Machine(session.MachineId));
        queue.Wake(session.Pool);
        changes.Announce();
        if (goes) await disposal.DestroyAsync(session.MachineId, actor).WaitAsync(cancellationToken);
        return Done.Yes;
    }

    [LoggerMessage(330, LogLevel.Warning, "Whether session {Session} has a display open could not be written down")]
    private partial void LogNotWritten(string session, Exception exception);
}
