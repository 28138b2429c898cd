using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Machines;

/// <summary>Who may have a machine: maintenance holds it back from everybody, an owner from everybody else.</summary>
public sealed class MachineHolding(
    HouseDatabase database, IMachineHost host, MachineOperations operations, MachineDisposal disposal, MachineCatalog catalog, PoolQueue queue,
    HouseChanges changes, EventLog events)
{
    /// <summary>Holds a machine back. Faults: NotFound, Busy, MachineStateWrong while somebody uses it.</summary>
    public Task<Outcome<MachineView>> HoldAsync(string name, string actor, CancellationToken cancellationToken) => ChangeAsync(name, "maintenance on", actor, (_, row) =>
    {
        if (row.User is { } user) return Task.FromResult<Fault?>(Wrong($"'{name}' is lent to '{user}'.", "Log the session off first."));
        if (!MachineStates.CanMove(row.State, MachineState.Maintenance)) return Task.FromResult<Fault?>(Wrong($"'{name}' is {row.State}.", "Wait until it is available."));
        row.MoveTo(MachineState.Maintenance, row.ReadFault());
        return Task.FromResult<Fault?>(null);
    }, cancellationToken);

    /// <summary>Gives a machine back. Faults: NotFound, Busy, MachineStateWrong when it is not held back.</summary>
    public Task<Outcome<MachineView>> ReleaseAsync(string name, string actor, CancellationToken cancellationToken) => ChangeAsync(name, "maintenance off", actor, (_, row) =>
    {
        if (row.State != MachineState.Maintenance) return Task.FromResult<Fault?>(Wrong($"'{name}' is not in maintenance: it is {row.State}.", null));
        var found = host.Find(row.Id);
        row.MoveTo(found switch
        {
            null => MachineState.ProvisioningError,
            { Ready: true } => row.RunningState,
            _ => MachineState.Provisioned,
        });
        return Task.FromResult<Fault?>(null);
    }, cancellationToken);

    /// <summary>Makes a machine of a dedicated pool a user's. Faults: NotFound, Busy, MachineStateWrong, AlreadyExists when the user has one.</summary>
    public Task<Outcome<MachineView>> AssignAsync(string name, string user, string actor, CancellationToken cancellationToken) => ChangeAsync(name, $"assigned to '{user}'", actor, async (context, row) =>
    {
        var pool = await context.Pools.SingleAsync(p => p.Name == row.Pool, cancellationToken);
        if (pool.Assignment != PoolAssignment.Dedicated) return Wrong($"'{name}' belongs to a floating pool: its machines are nobody's.", "Assign machines of a dedicated pool.");
        if (!await context.Users.AnyAsync(u => u.Name == user, cancellationToken)) return new Fault(ErrorCode.NotFound, $"There is no user '{user}'.");
        if (row.State == MachineState.Deleting) return Wrong($"'{name}' is being destroyed.", "Wait until it has been replaced.");
        if (row.Owner == user) return null;
        if (!row.MayServe(user)) return Wrong($"'{name}' is or was '{row.Owner ?? row.UsedBy}'s: nobody else gets it.", $"Take it back first, which gives it a fresh disk: mayfly machine unassign {name}");
        if (await context.Machines.AnyAsync(m => m.Pool == row.Pool && m.Owner == user, cancellationToken))
            return new Fault(ErrorCode.AlreadyExists, $"'{user}' has a machine of the pool '{row.Pool}' already.");
        row.Owner = user;
        return null;
    }, cancellationToken);

    /// <summary>Takes a machine back from its owner. One that was used gets a fresh disk. Faults: NotFound, Busy, MachineStateWrong while it is in use or nobody's.</summary>
    public async Task<Outcome<MachineView>> UnassignAsync(string name, string actor, CancellationToken cancellationToken)
    {
        string? used = null;
        var changed = await ChangeAsync(name, "unassigned", actor, (_, row) =>
        {
            if (row.Owner is null) return Task.FromResult<Fault?>(Wrong($"'{name}' is nobody's.", null));
            if (row.User is { } user) return Task.FromResult<Fault?>(Wrong($"'{user}' has a session on '{name}'.", "Log it off first."));
            row.Owner = null;
            if (row.UsedBy is null) return Task.FromResult<Fault?>(null);
            used = row.Id;
            row.Remake = true;
            row.MoveTo(MachineState.Deleting);
            return Task.FromResult<Fault?>(null);
        }, cancellationToken);
        if (used is null) return changed;
        await disposal.DestroyAsync(used, actor).WaitAsync(cancellationToken);
        return await catalog.FindAsync(name, cancellationToken);
    }

    private async Task<Outcome<MachineView>> ChangeAsync(
        string name, string action, string actor, Func<MayflyDbContext, MachineRow, Task<Fault?>> change, CancellationToken cancellationToken)
    {
        await LetEndAsync(name, cancellationToken);
        var fault = await database.WriteAsync(async context =>
        {
            var row = await context.Machines.SingleOrDefaultAsync(m => m.Name == name, cancellationToken);
            if (row is null) return MachineCatalog.NoMachine(name);
            if (operations.NameOf(row.Id) is { } other) return MachineOperations.BusyWith(name, other);
            var before = Held(row);
            if (await change(context, row) is { } refused) return refused;
            events.Add(context, new HouseEvent(EventKinds.MachineAction, $"'{name}': {action}.", actor, row.Pool, name) { User = row.Owner ?? before.Owner, Before = before, After = Held(row) });
            queue.Wake(row.Pool);
            return null;
        }, cancellationToken);
        if (fault is not null) return fault;
        changes.Announce();
        return await catalog.FindAsync(name, cancellationToken);
    }

    /// <summary>Before the transaction, which whatever ends may need.</summary>
    private async Task LetEndAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        if (await context.Machines.AsNoTracking().SingleOrDefaultAsync(m => m.Name == name, cancellationToken) is { } row) await operations.InTheWayAsync(row);
    }

    private static Fault Wrong(string what, string? remedy) => new(ErrorCode.MachineStateWrong, what, null, remedy);

    private static HeldBy Held(MachineRow row) => new(row.Owner, row.State == MachineState.Maintenance);

    /// <summary>What the event list shows of a machine that was held back or given an owner.</summary>
    private sealed record HeldBy(string? Owner, bool Maintenance);
}
