using System.Globalization;
using Mayfly.Control.Machines;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Mayfly.Control.Sessions;

/// <summary>
/// What a pool's rules do to its sessions, whenever the pool is looked at: close displays that nobody uses, log off sessions that have been
/// without a display for too long. Asks for the next look at the moment the next session is due.
/// </summary>
public sealed class SessionRules(
    HouseDatabase database, SessionDesk desk, SessionDisplays displays, MachineOperations operations, PoolQueue queue, BackgroundJobs jobs,
    IHostApplicationLifetime house, TimeProvider time)
{
    /// <summary>Carries the rules of a pool out.</summary>
    internal async Task ApplyAsync(string pool, CancellationToken cancellationToken)
    {
        // Displays that close because mayflyd stops are opened again when the next one runs.
        if (house.ApplicationStopping.IsCancellationRequested) return;
        await using var context = await database.ReadAsync(cancellationToken);
        var settings = (await context.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Name == pool, cancellationToken))?.Settings;
        if (settings is null or { DisconnectIdleMinutes: null, LogOffDisconnectedMinutes: null }) return;
        var open = await context.Sessions.AsNoTracking().Where(s => s.Pool == pool && s.EndedAt == null)
            .Join(context.Machines, s => s.MachineId, m => m.Id, (s, m) => new { Session = s, m.ReadyAt }).ToListAsync(cancellationToken);
        var waits = new List<TimeSpan>();
        foreach (var one in open)
        {
            if (Disconnect(one.Session, settings.DisconnectIdleMinutes) is { } idle) waits.Add(idle);
            if (LogOff(one.Session, one.ReadyAt, settings.LogOffDisconnectedMinutes) is { } unused) waits.Add(unused);
        }

        if (waits.Count > 0) queue.WakeAt(pool, time.GetUtcNow() + waits.Min());
    }

    /// <summary>Forgets what is known of sessions that have ended.</summary>
    internal async Task TidyAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        displays.Keep((await context.Sessions.Where(s => s.EndedAt == null).Select(s => s.Id).ToListAsync(cancellationToken)).ToHashSet());
    }

    /// <summary>Closes the displays of a session that nobody uses, or says how long until then.</summary>
    private TimeSpan? Disconnect(SessionRow session, int? minutes)
    {
        if (minutes is not { } limit || displays.IdleOf(session.Id) is not { } idle) return null;
        var left = TimeSpan.FromMinutes(limit) - idle;
        if (left > TimeSpan.Zero) return left;
        var reason = string.Create(CultureInfo.InvariantCulture, $"You were not active for {limit} min. Your session goes on: open the desktop again.");
        _ = jobs.Start($"disconnect {session.Machine}", token => desk.DisconnectAsync(session.Id, null, reason, token));
        return null;
    }

    /// <summary>Logs a session off that has been without a display for too long, or says how long until then.</summary>
    private TimeSpan? LogOff(SessionRow session, DateTimeOffset? readyAt, int? minutes)
    {
        // Its closing, or the end of what is done to its machine, brings the pool back here.
        if (minutes is not { } limit || displays.IsUsed(session.Id) || operations.NameOf(session.MachineId) is not null) return null;
        var left = LeftOf(session, readyAt, limit);
        if (left > TimeSpan.Zero) return left;
        // Asked once more when it is ended: by then its user may be back, or mayflyd be stopping.
        _ = jobs.Start($"log off {session.Machine}", token => desk.EndUnusedAsync(session.Id, IsUnused, token));
        return null;

        bool IsUnused(SessionRow row) =>
            !house.ApplicationStopping.IsCancellationRequested && !displays.IsUsed(row.Id) && LeftOf(row, readyAt, limit) <= TimeSpan.Zero;
    }

    private TimeSpan LeftOf(SessionRow session, DateTimeOffset? readyAt, int limit)
    {
        var now = time.GetUtcNow();
        var left = TimeSpan.FromMinutes(limit) - displays.UnusedFor(session.Id, now - (session.DisconnectedAt ?? session.StartedAt));
        // A machine that was turned off and on again under its user took the display with it: they get the time to come back.
        var back = readyAt > session.StartedAt && now >= readyAt ? readyAt.Value + SessionDisplays.OnTheWay - now : TimeSpan.Zero;
        return new[] { left, back, displays.ExpectedFor(session.Id) }.Max();
    }
}
