using System.Globalization;
using System.Runtime.CompilerServices;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Entitlements;
using Mayfly.Control.Events;
using Mayfly.Control.Hosts;
using Mayfly.Control.Machines;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Sessions;

/// <summary>
/// Lends machines: step 5 of the main path (Assign). A machine that one user has had is never lent to another; assigning is one
/// transaction, so two users never get the same one.
/// </summary>
public sealed class SessionBroker(
    HouseDatabase database, IMachineHost host, PoolQueue queue, PoolHealth health, MachineOperations operations, SessionDisplays displays, LogonPlan plan,
    SessionAttacher attacher, LostDesktops lostDesktops, HostDuty duty, HouseChanges changes, Lifetimes lifetimes, EventLog events, ControlOptions options, TimeProvider time)
{
    /// <summary>
    /// Opens a desktop: the session the user already has in the pool, else the machine that is theirs, else one that is available, else the
    /// next one made, with the user's applications and volume. Faults: Forbidden (also for pools that do not exist), OutsideHours,
    /// PoolExhausted, MachineStateWrong for an own machine that is held back, VolumeInUse, VolumeDisabled, and what could not be attached
    /// where the pool refuses a logon without.
    /// </summary>
    /// <param name="user">Who asks.</param>
    /// <param name="pool">For a desktop of which pool.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="withoutVolume">True opens it without the user's own disk.</param>
    /// <param name="address">Address of their own device, or null.</param>
    public async Task<Outcome<SessionView>> OpenAsync(string user, string pool, CancellationToken cancellationToken, bool withoutVolume = false, string? address = null)
    {
        OpeningView? last = null;
        await foreach (var step in OpeningAsync(user, pool, cancellationToken, withoutVolume, address)) last = step;
        return last!.Session is { } session ? session : last.Fault!;
    }

    /// <summary>The same, step by step; the last one is Ready or Failed.</summary>
    public async IAsyncEnumerable<OpeningView> OpeningAsync(string user, string pool, [EnumeratorCancellation] CancellationToken cancellationToken, bool withoutVolume = false, string? address = null)
    {
        var asked = new Asked(user, pool, withoutVolume, address, time.GetTimestamp());
        yield return Say(asked, OpeningStep.Finding, "A desktop is looked for.");
        if (await TryAssignAsync(asked, cancellationToken) is { } first)
        {
            await foreach (var step in HandOverAsync(asked, first, cancellationToken)) yield return step;
            yield break;
        }

        await foreach (var step in WaitAsync(asked, cancellationToken)) yield return step;
    }

    private async IAsyncEnumerable<OpeningView> WaitAsync(Asked asked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.OpenWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var own = await OwnAsync(asked, cancellationToken);
        Wait(asked, own, 1);
        try
        {
            var told = (Step: OpeningStep.Finding, Words: "");
            while (true)
            {
                var changed = changes.Next;
                if (await TryAssignAsync(asked, cancellationToken) is { } answer)
                {
                    await foreach (var last in HandOverAsync(asked, answer, cancellationToken)) yield return last;
                    yield break;
                }

                var step = await StepAsync(asked, own, cancellationToken);
                var words = asked.Waits?.What ?? WordsOf(step, own);
                if (told != (step, words)) yield return Say(asked, step, words);
                told = (step, words);
                await changed.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
                if (!deadline.IsCancellationRequested) continue;
                yield return Say(asked, TooLong(asked, own));
                yield break;
            }
        }
        finally
        {
            // One that was to be made for nobody but this user is not needed any more.
            Wait(asked, own, -1);
        }
    }

    /// <summary>The last steps: what the session shall have is attached before its user gets it.</summary>
    private async IAsyncEnumerable<OpeningView> HandOverAsync(Asked asked, Outcome<SessionView> answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (answer.Fault is null && await attacher.BeginAsync(answer.Value.Id, cancellationToken) is { } attaching)
        {
            yield return Say(asked, OpeningStep.Attaching, "Your applications, your own disk and your settings are being brought.");
            answer = await attaching.WaitAsync(cancellationToken);
        }

        yield return Say(asked, answer);
    }

    /// <summary>Tells the planner that a user waits. Whose own machine is on its way needs no other.</summary>
    private void Wait(Asked asked, string? own, int change)
    {
        if (own is null) health.Waits(asked.Pool, asked.User, change);
        else health.Wants(own, change);
        queue.Wake(asked.Pool);
    }

    /// <summary>Id of the machine that is the user's own, or null.</summary>
    private async Task<string?> OwnAsync(Asked asked, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Machines.Where(m => m.Pool == asked.Pool && m.Owner == asked.User).Select(m => m.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>How far the machine is that the user waits for: their own, or of those on their way the one that is furthest.</summary>
    private async Task<OpeningStep> StepAsync(Asked asked, string? own, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var coming = await context.Machines
            .Where(m => m.Pool == asked.Pool && (m.State == MachineState.Provisioning || m.State == MachineState.Provisioned) && m.Owner == (own == null ? null : asked.User))
            .Select(m => m.Id).ToListAsync(cancellationToken);
        return coming.Exists(id => operations.Progress(id) is { Phase: MachinePhase.Customizing or MachinePhase.Ready }) ? OpeningStep.Preparing : OpeningStep.Making;
    }

    private OpeningView Say(Asked asked, OpeningStep step, string message) => new(step, message, SecondsSince(asked.At));

    private OpeningView Say(Asked asked, Outcome<SessionView> answer) => answer.TryGet(out var session, out var fault)
        ? Say(asked, OpeningStep.Ready, $"'{session.Machine}' is ready for you.") with { Session = session }
        : Say(asked, OpeningStep.Failed, fault.What) with { Fault = fault };

    private static string WordsOf(OpeningStep step, string? own) => (step, own) switch
    {
        (OpeningStep.Preparing, _) => "It runs, and is being prepared for you.",
        (_, null) => "None is ready: one is being made.",
        _ => "Your desktop is being turned on.",
    };

    private Fault TooLong(Asked asked, string? own)
    {
        if (asked.Waits is { } waits) return waits;
        var limit = options.OpenWait.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);
        var why = own is null ? $"No machine became available within {limit} s." : $"Your desktop was not ready within {limit} s; it goes on starting.";
        return PoolFaults.Exhausted(asked.Pool, $"{why} {health.ProblemOf(asked.Pool)?.What}".TrimEnd());
    }

    private double SecondsSince(long timestamp) => SessionSteps.Round(time.GetElapsedTime(timestamp).TotalSeconds);

    /// <summary>Null when there is nothing to lend yet but there may be.</summary>
    private async Task<Outcome<SessionView>?> TryAssignAsync(Asked asked, CancellationToken cancellationToken)
    {
        string? lent = null, lost = null;
        var answer = await database.WriteAsync<Outcome<SessionView>?>(async context =>
        {
            var (user, pool) = (asked.User, asked.Pool);
            var open = await context.Sessions.SingleOrDefaultAsync(s => s.User == user && s.Pool == pool && s.EndedAt == null, cancellationToken);
            // One whose machine is off waits for it as if it began.
            if (open is not null && await context.Machines.AnyAsync(m => m.Id == open.MachineId && m.State == MachineState.Provisioned, cancellationToken)) return null;
            if (open is not null && await lostDesktops.GiveUpAsync(context, open, cancellationToken)) lost = open.MachineId;
            else if (open is not null) return Expect(open);
            // Until it is given up whole, what it has of the user's is not free.
            if (lost is not null || await lostDesktops.IsGivingUpAsync(context, pool, user, cancellationToken)) return null;
            var row = await context.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Name == pool && !p.Deleting, cancellationToken);
            var entitled = await EntitlementList.PoolsOf(context, user).ContainsAsync(pool, cancellationToken);
            if (row is null || !entitled) return (Outcome<SessionView>)SessionFaults.NotEntitled(pool);
            asked.CheckedAt ??= time.GetTimestamp();
            if (PoolFaults.Closed(row, time.GetUtcNow()) is { } closed) return (Outcome<SessionView>)closed;
            var choice = await ChooseAsync(context, row, user, cancellationToken);
            if (choice.Fault is { } fault) return (Outcome<SessionView>)fault;
            if (choice.Machine is null) return null;
            var session = SessionOn(choice.Machine, asked);
            var (missing, soon) = await plan.ApplyAsync(context, row, choice.Machine, session, asked.WithoutVolume, cancellationToken);
            asked.Waits = soon ? missing : null;
            if (missing is not null) return soon ? null : (Outcome<SessionView>?)missing;
            lent = choice.Machine.Id;
            Lend(context, row, choice.Machine, session);
            return Expect(session);
        }, cancellationToken);
        if ((lent ?? lost) is not { } ended) return answer;
        // Whoever looked at it while it was nobody's does not go on looking.
        lifetimes.End(Lifetimes.Machine(ended));
        queue.Wake(asked.Pool);
        changes.Announce();
        return answer;
    }

    /// <summary>Within the transaction: from here on the user is on the way to its display, and a log-off that waits its turn sees that.</summary>
    private Outcome<SessionView> Expect(SessionRow session)
    {
        displays.Expect(session.Id);
        return session.ToView();
    }

    /// <summary>The machine to lend; neither a machine nor a fault: there may be one soon.</summary>
    private async Task<(MachineRow? Machine, Fault? Fault)> ChooseAsync(MayflyDbContext context, PoolRow pool, string user, CancellationToken cancellationToken)
    {
        var machines = context.Machines.Where(m => m.Pool == pool.Name);
        if (await machines.FirstOrDefaultAsync(m => m.Owner == user, cancellationToken) is { } own)
        {
            if (own.State == MachineState.Available && IsAlive(own)) return (own, null);
            return own.State is MachineState.Maintenance or MachineState.Error ? (null, HeldBack(own)) : (null, null);
        }

        // One after the other, as the first is nearly always alive: a pool has many.
        var free = machines.Where(m => m.State == MachineState.Available && m.Owner == null && m.UsedBy == null).OrderBy(m => m.CreatedAt).ThenBy(m => m.Name);
        await foreach (var machine in free.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (IsAlive(machine)) return (machine, null);
        }

        // Those that can not become free by themselves: in use, or somebody's.
        var taken = await machines.CountAsync(m => m.User != null || m.Owner != null, cancellationToken);
        if (taken >= pool.Settings.Maximum) return (null, PoolFaults.Exhausted(pool.Name, $"All {pool.Settings.Maximum} machines are in use."));
        var coming = pool.MakesMachines || await machines.AnyAsync(m => m.State == MachineState.Provisioning, cancellationToken);
        return (null, coming ? null : PoolFaults.Exhausted(pool.Name, PoolFaults.Stopped(pool).Why!));
    }

    private bool IsAlive(MachineRow machine) => host.Find(machine.Id) is { Ready: true, Trouble: null } && (machine.Owner is not null || !duty.Rests(machine.Host));

    private SessionRow SessionOn(MachineRow machine, Asked asked) => new()
    {
        Id = Secrets.MakeId(),
        Pool = machine.Pool,
        MachineId = machine.Id,
        Machine = machine.Name,
        User = asked.User,
        StartedAt = time.GetUtcNow(),
        ClientAddress = asked.Address,
        Timeline =
        [
            SessionSteps.Of(SessionSteps.Entitlement, time.GetElapsedTime(asked.At, asked.CheckedAt ?? asked.At).TotalSeconds),
            SessionSteps.Of(SessionSteps.Machine, time.GetElapsedTime(asked.CheckedAt ?? asked.At).TotalSeconds),
        ],
    };

    private void Lend(MayflyDbContext context, PoolRow pool, MachineRow machine, SessionRow session)
    {
        var user = session.User;
        machine.MoveTo(MachineState.Disconnected);
        machine.User = user;
        machine.UsedBy ??= user;
        if (pool.Assignment == PoolAssignment.Dedicated) machine.Owner = user;
        context.Sessions.Add(session);
        events.Add(context, new HouseEvent(EventKinds.SessionStarted, $"'{machine.Name}' was lent to '{user}'.", user, pool.Name, machine.Name) { User = user });
    }

    private static Fault HeldBack(MachineRow machine) => new(
        ErrorCode.MachineStateWrong, $"Your desktop '{machine.Name}' can not be used now.",
        machine.State == MachineState.Maintenance ? "An administrator holds it back for maintenance." : machine.ReadFault()?.What, "Ask an administrator.");

    /// <summary>What a user has asked for, and when.</summary>
    private sealed class Asked(string user, string pool, bool withoutVolume, string? address, long at)
    {
        public string User => user;

        public string Pool => pool;

        public bool WithoutVolume => withoutVolume;

        public string? Address => address;

        public long At => at;

        /// <summary>What stands in the way and may be over soon, or null.</summary>
        public Fault? Waits { get; set; }

        /// <summary>When it was known that they may.</summary>
        public long? CheckedAt { get; set; }
    }
}
