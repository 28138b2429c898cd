using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Machines;

/// <summary>
/// What an administrator does to a machine. A machine that is kept is turned off and on; one that is not can not be, for a clone has
/// nothing to boot from: it is replaced by a fresh one of its name. Each action can be joined while it is in progress.
/// </summary>
public sealed class MachineActions(
    HouseDatabase database, IMachineHost host, MachineOperations operations, MachineForge forge, MachineDisposal disposal, MachineCatalog catalog,
    Lifetimes lifetimes, EventLog events, HouseChanges changes, BackgroundJobs jobs)
{
    // What a desktop needs to write down and close all it has open.
    private static readonly TimeSpan ShutdownGrace = TimeSpan.FromSeconds(60);

    // By name: a machine that is replaced goes on under it.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Action, Task<Outcome<Done>> Task)> _acting = [];

    /// <summary>Cuts the power and turns the machine on again. Faults: NotFound, Busy, MachineStateWrong, those of a start.</summary>
    public Task<Outcome<MachineView>> ResetAsync(string machine, string actor, CancellationToken cancellationToken) =>
        ActAsync(machine, "reset", actor, row => PowerCycleAsync(row, "reset", TimeSpan.Zero, actor), cancellationToken);

    /// <summary>The same by the user of a machine, as long as it is theirs. Faults: NotFound, Busy, MachineStateWrong, those of a start.</summary>
    internal Task<Outcome<Done>> ResetOwnAsync(string machineId, string machine, string user, CancellationToken cancellationToken) =>
        // By name another one may be meant by now.
        JoinAsync(machine, "reset", user, row => row.Id == machineId && (row.User == user || row.Owner == user)
            ? PowerCycleAsync(row, "reset", TimeSpan.Zero, user)
            : Refuse("The desktop is not yours any more.", "Open it again.")).WaitAsync(cancellationToken);

    /// <summary>Lets the guest shut down, after the power-off script, and turns the machine on again. Faults: NotFound, Busy, MachineStateWrong, those of a start.</summary>
    public Task<Outcome<MachineView>> RestartAsync(string machine, string actor, CancellationToken cancellationToken) =>
        ActAsync(machine, "restart", actor, row => PowerCycleAsync(row, "restart", ShutdownGrace, actor), cancellationToken);

    /// <summary>
    /// Brings a machine in error back: a kept one is power-cycled, one that could not be made is made again, any other is replaced.
    /// Faults: NotFound, Busy, MachineStateWrong for a machine that is not in error.
    /// </summary>
    public Task<Outcome<MachineView>> RecoverAsync(string machine, string actor, CancellationToken cancellationToken) => ActAsync(machine, "recover", actor, row => row.State switch
    {
        MachineState.ProvisioningError => forge.ProvisionAsync(row.Id, row.Name),
        MachineState.Error or MachineState.AgentUnreachable or MachineState.AlreadyUsed => PowerCycleAsync(row, "recover", TimeSpan.Zero, actor),
        _ => Refuse($"'{row.Name}' is {row.State}: there is nothing to recover it from.", "Use reset, restart or rebuild."),
    }, cancellationToken);

    /// <summary>Destroys a machine and makes another with its name, MAC and owner from the pool's image. Faults: NotFound, Busy.</summary>
    public Task<Outcome<MachineView>> RebuildAsync(string machine, string actor, CancellationToken cancellationToken) =>
        ActAsync(machine, "rebuild", actor, row => ReplaceAsync(row, actor), cancellationToken);

    private async Task<Outcome<MachineView>> ActAsync(
        string name, string action, string actor, Func<MachineRow, Task<Outcome<Done>>> act, CancellationToken cancellationToken)
    {
        var done = await JoinAsync(name, action, actor, act).WaitAsync(cancellationToken);
        return done.Fault is { } fault ? fault : await catalog.FindAsync(name, cancellationToken);
    }

    private Task<Outcome<Done>> JoinAsync(string name, string action, string actor, Func<MachineRow, Task<Outcome<Done>>> act)
    {
        lock (_lock)
        {
            if (_acting.TryGetValue(name, out var other))
                return other.Action == action ? other.Task : Task.FromResult<Outcome<Done>>(MachineOperations.BusyWith(name, other.Action));
            var task = jobs.Start($"{action} {name}", async _ =>
            {
                try
                {
                    return await BeginAsync(name, action, actor, act);
                }
                finally
                {
                    lock (_lock) _acting.Remove(name);
                }
            });
            _acting[name] = (action, task);
            return task;
        }
    }

    private async Task<Outcome<Done>> BeginAsync(string name, string action, string actor, Func<MachineRow, Task<Outcome<Done>>> act)
    {
        // No token: who asked may go, the action is finished.
        await using var context = await database.ReadAsync(CancellationToken.None);
        var row = await context.Machines.AsNoTracking().SingleOrDefaultAsync(m => m.Name == name);
        if (row is null) return MachineCatalog.NoMachine(name);
        if (await operations.InTheWayAsync(row) is { } other) return MachineOperations.BusyWith(name, other);
        var done = await act(row);
        if (done.Fault is null) await events.RecordAsync(new HouseEvent(EventKinds.MachineAction, $"'{name}': {action}.", actor, row.Pool, name), CancellationToken.None);
        return done;
    }

    private async Task<Outcome<Done>> PowerCycleAsync(MachineRow row, string action, TimeSpan grace, string actor)
    {
        await using var context = await database.ReadAsync(CancellationToken.None);
        var pool = await context.Pools.AsNoTracking().SingleAsync(p => p.Name == row.Pool);
        if (row.State is MachineState.Provisioning or MachineState.ProvisioningError or MachineState.Deleting) return await Refuse($"'{row.Name}' is {row.State}.", "Wait until it is made.");
        if (pool.Assignment == PoolAssignment.Floating || row.State == MachineState.AlreadyUsed) return await ReplaceAsync(row, actor);
        return await operations.RunAsync(row.Id, row.Name, action, scope => CycleAsync(row, grace, scope));
    }

    private async Task<Outcome<Done>> CycleAsync(MachineRow row, TimeSpan grace, MachineOperations.Scope scope)
    {
        scope.Pool = row.Pool;
        if (grace > TimeSpan.Zero) await disposal.RunPowerOffScriptAsync(row);
        lifetimes.End(Lifetimes.Machine(row.Id));
        var stopped = await host.StopAsync(row.Id, grace);
        if (stopped.Fault is { } fault) return fault;
        var goes = await database.WriteAsync(async writer =>
        {
            var machine = await writer.Machines.SingleOrDefaultAsync(m => m.Id == row.Id);
            // A log-off meanwhile may have marked it to be destroyed.
            if (machine is null or { State: MachineState.Deleting }) return true;
            (machine.ProcessId, machine.FailedAttempts) = (null, 0);
            // One that is held back stays so, on or off.
            machine.MoveTo(machine.State == MachineState.Maintenance ? MachineState.Maintenance : MachineState.Provisioned);
            return false;
        }, CancellationToken.None);
        changes.Announce();
        return goes ? new Fault(ErrorCode.MachineStateWrong, $"'{row.Name}' is being destroyed.") : await forge.StartAsync(scope);
    }

    /// <summary>Destroys, and waits for the one that follows, unless the pool has enough machines without it and throws it away at once.</summary>
    private async Task<Outcome<Done>> ReplaceAsync(MachineRow row, string actor)
    {
        var gone = await disposal.RebuildAsync(row.Id, actor);
        if (gone.Fault is { } fault) return fault;
        await using var context = await database.ReadAsync(CancellationToken.None);
        var successor = await context.Machines.AsNoTracking().SingleOrDefaultAsync(m => m.Name == row.Name);
        if (successor is null) return Done.Yes;
        var made = await forge.ProvisionAsync(successor.Id, successor.Name);
        return made.Fault is null || await IsLeavingAsync(context, successor.Id) ? Done.Yes : made;
    }

    private async Task<bool> IsLeavingAsync(MayflyDbContext context, string machineId) =>
        operations.NameOf(machineId) == MachineOperations.Delete || !await context.Machines.AnyAsync(m => m.Id == machineId && m.State != MachineState.Deleting);

    private static Task<Outcome<Done>> Refuse(string what, string remedy) =>
        Task.FromResult<Outcome<Done>>(new Fault(ErrorCode.MachineStateWrong, what, null, remedy));
}
