using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Sessions;

/// <summary>
/// Lends machines: step 5 of the main path (Assign). Each machine is lent once in its life; assigning is one transaction, so two
/// users never get the same one.
/// </summary>
public sealed class SessionBroker(
    HouseDatabase database, IMachineHost host, PoolQueue queue, PoolHealth health, HouseChanges changes, Lifetimes lifetimes, EventLog events,
    ControlOptions options, TimeProvider time)
{
    /// <summary>
    /// Opens a desktop: the session the user already has in the pool, else a machine that is available, else the next one made.
    /// Faults: Forbidden (also for pools that do not exist), PoolExhausted.
    /// </summary>
    public async Task<Outcome<SessionView>> OpenAsync(string user, string pool, CancellationToken cancellationToken)
    {
        var first = await TryAssignAsync(user, pool, cancellationToken);
        return first ?? await WaitAsync(user, pool, cancellationToken);
    }

    private async Task<Outcome<SessionView>> WaitAsync(string user, string pool, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.OpenWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        health.Waits(pool, +1);
        queue.Wake(pool);
        try
        {
            while (true)
            {
                var changed = changes.Next;
                if (await TryAssignAsync(user, pool, cancellationToken) is { } answer) return answer;
                await changed.WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Exhausted(pool, $"No machine became available within {options.OpenWait.TotalSeconds:F0} s. {health.ProblemOf(pool)?.What}".TrimEnd());
        }
        finally
        {
            health.Waits(pool, -1);
        }
    }

    /// <summary>Null when there is nothing to lend yet but there may be.</summary>
    private async Task<Outcome<SessionView>?> TryAssignAsync(string user, string pool, CancellationToken cancellationToken)
    {
        string? lent = null;
        var answer = await database.WriteAsync<Outcome<SessionView>?>(async context =>
        {
            var open = await context.Sessions.SingleOrDefaultAsync(s => s.User == user && s.Pool == pool && s.EndedAt == null, cancellationToken);
            if (open is not null) return (Outcome<SessionView>)open.ToView();
            var row = await context.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Name == pool && !p.Deleting, cancellationToken);
            var entitled = await context.Entitlements.AnyAsync(e => e.Pool == pool && e.User == user, cancellationToken);
            if (row is null || !entitled)
                return (Outcome<SessionView>)new Fault(ErrorCode.Forbidden, $"You may not use a desktop '{pool}'.", null, "Ask an administrator for an entitlement.");
            var (session, inUse) = await LendAsync(context, user, pool, cancellationToken);
            lent = session?.MachineId;
            if (session is not null) return (Outcome<SessionView>)session.ToView();
            return inUse >= row.Maximum ? (Outcome<SessionView>?)Exhausted(pool, $"All {row.Maximum} machines are in use.") : null;
        }, cancellationToken);
        if (lent is null) return answer;
        // Whoever looked at it while it was nobody's does not go on looking.
        lifetimes.End(Lifetimes.Machine(lent));
        queue.Wake(pool);
        changes.Announce();
        return answer;
    }

    private async Task<(SessionRow? Session, int InUse)> LendAsync(MayflyDbContext context, string user, string pool, CancellationToken cancellationToken)
    {
        var settled = await context.Machines
            .Where(m => m.Pool == pool && (m.State == MachineState.Available || m.State == MachineState.Connected || m.State == MachineState.Disconnected))
            .OrderBy(m => m.CreatedAt).ThenBy(m => m.Name).ToListAsync(cancellationToken);
        var alive = host.Machines.Where(m => m.Ready).Select(m => m.MachineId).ToHashSet();
        var machine = settled.Find(m => m.State == MachineState.Available && alive.Contains(m.Id));
        if (machine is null) return (null, settled.Count(m => m.State != MachineState.Available));
        (machine.State, machine.User) = (MachineState.Disconnected, user);
        var session = new SessionRow
        {
            Id = Secrets.MakeId(), Pool = pool, MachineId = machine.Id, Machine = machine.Name, User = user, StartedAt = time.GetUtcNow(),
        };
        context.Sessions.Add(session);
        events.Add(context, new HouseEvent(EventKinds.SessionStarted, $"'{machine.Name}' was lent to '{user}'.", user, pool, machine.Name));
        return (session, 0);
    }

    private static Fault Exhausted(string pool, string why) =>
        new(ErrorCode.PoolExhausted, $"The pool '{pool}' has no desktop to lend now.", why, "Try again soon, or ask an administrator to raise the pool's maximum.");
}
