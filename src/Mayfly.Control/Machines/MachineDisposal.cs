using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Control.Environments;
using Mayfly.Control.Events;
using Mayfly.Control.Personas;
using Mayfly.Control.Pools;
using Mayfly.Control.Sessions;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Volumes;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Machines;

/// <summary>
/// Destroys machines: the end of step 8 of the main path. One destruction a machine; whoever else asks joins it. One that is marked for it
/// is followed by another with its name, MAC and owner.
/// </summary>
public sealed class MachineDisposal(
    HouseDatabase database, IMachineHost host, MachineOperations operations, SessionEnvironments environments, PersonaFarewell farewell, VolumeRelease release, MachineLeases leases, Lifetimes lifetimes, HouseChanges changes, EventLog events, TimeProvider time)
{
    /// <summary>Destroys a machine whatever it is doing. The task ends when it is gone from the host and from the house.</summary>
    /// <param name="machineId">Which; one that is gone already is a success.</param>
    /// <param name="actor">Who asked, or null for Mayfly itself.</param>
    /// <param name="change">Last changes to its row, in the transaction that marks it; may be null.</param>
    internal Task<Outcome<Done>> DestroyAsync(string machineId, string? actor, Action<MachineRow>? change = null) =>
        operations.InterruptAsync(machineId, machineId, scope => RunAsync(scope, actor, change, unlessUsed: false));

    /// <summary>
    /// Begins to destroy a machine that was seen unused, unless it has become somebody's meanwhile or something is being done to it.
    /// </summary>
    internal async Task BeginUnusedAsync(string machineId, bool remake, CancellationToken cancellationToken)
    {
        // Looked at before it is begun too: one that was just lent is not to be found busy by whoever asks something of it.
        await using var context = await database.ReadAsync(cancellationToken);
        var row = await context.Machines.AsNoTracking().SingleOrDefaultAsync(m => m.Id == machineId, cancellationToken);
        if (row is null || await IsSomebodysAsync(context, row, remake)) return;
        // What a pool that goes is still making is not waited for.
        _ = await IsPoolGoingAsync(context, row)
            ? operations.InterruptAsync(machineId, row.Name, DestroyAsync)
            : operations.RunAsync(machineId, row.Name, MachineOperations.Delete, DestroyAsync);

        Task<Outcome<Done>> DestroyAsync(MachineOperations.Scope scope) => RunAsync(scope, null, remake ? machine => machine.Remake = true : null, unlessUsed: true);
    }

    /// <summary>Destroys a machine and lets another with its name, MAC and owner follow.</summary>
    internal Task<Outcome<Done>> RebuildAsync(string machineId, string? actor) => DestroyAsync(machineId, actor, row => row.Remake = true);

    private async Task<Outcome<Done>> RunAsync(MachineOperations.Scope scope, string? actor, Action<MachineRow>? change, bool unlessUsed)
    {
        // No token: a destruction does not stop half way.
        var (machine, used) = await MarkAsync(scope.MachineId, change, unlessUsed);
        if (used) return Done.Yes;
        scope.Pool = machine?.Pool;
        lifetimes.End(Lifetimes.Machine(scope.MachineId));
        changes.Announce();
        if (machine is not null) await RunPowerOffScriptAsync(machine);
        await environments.LeaveAsync(scope.MachineId);
        await farewell.SaveAsync(scope.MachineId);
        await release.ReleaseAsync(scope.MachineId);
        await host.DestroyAsync(scope.MachineId);
        if (machine is not null) await RemoveAsync(machine, actor);
        return Done.Yes;
    }

    private Task<(MachineRow? Row, bool Used)> MarkAsync(string machineId, Action<MachineRow>? change, bool unlessUsed) => database.WriteAsync<(MachineRow?, bool)>(async context =>
    {
        var row = await context.Machines.SingleOrDefaultAsync(m => m.Id == machineId);
        if (row is null) return (null, false);
        if (unlessUsed && await IsSomebodysAsync(context, row, remake: change is not null)) return (row, true);
        change?.Invoke(row);
        row.MoveTo(MachineState.Deleting);
        row.User = null;
        var session = await context.Sessions.SingleOrDefaultAsync(s => s.MachineId == machineId && s.EndedAt == null);
        if (session is null) return (row, false);
        session.End(SessionEnds.MachineDeleted, time.GetUtcNow());
        events.Add(context, new HouseEvent(
            EventKinds.SessionEnded, $"The session of '{session.User}' on '{row.Name}' ended because the machine was deleted.",
            Pool: row.Pool, Machine: row.Name, Level: "warning")
        {
            User = session.User,
        });
        return (row, false);
    }, CancellationToken.None);

    /// <summary>True for one that somebody uses or owns. What goes already goes on; one that is rebuilt stays its owner's.</summary>
    private static async Task<bool> IsSomebodysAsync(MayflyDbContext context, MachineRow row, bool remake) =>
        row.State != MachineState.Deleting
        && (row.User is not null || (row.Owner is not null && !remake && !await IsPoolGoingAsync(context, row)));

    private static Task<bool> IsPoolGoingAsync(MayflyDbContext context, MachineRow row) => context.Pools.AnyAsync(p => p.Name == row.Pool && p.Deleting);

    /// <summary>Its end is no reason to keep a machine: a script that fails is told, and the machine goes.</summary>
    internal async Task RunPowerOffScriptAsync(MachineRow machine)
    {
        if (host.Find(machine.Id) is not { Ready: true, Trouble: null }) return;
        await using var context = await database.ReadAsync(CancellationToken.None);
        var settings = (await context.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Name == machine.Pool))?.Settings;
        if (settings is not { PowerOff.Count: > 0 }) return;
        var said = await host.ExecAsync(machine.Id, new ExecRequest(settings.PowerOff, settings.PowerOffTimeoutSeconds), CancellationToken.None);
        var failed = said.TryGet(out var result, out var fault) ? result.ExitCode == 0 ? null : $"It ended with {result.ExitCode}. {result.Stderr.Trim()}" : fault.ToString();
        if (failed is null) return;
        await events.RecordAsync(new HouseEvent(
            EventKinds.MachineScriptFailed, $"The power-off script of '{machine.Name}' failed. {failed}", Pool: machine.Pool, Machine: machine.Name, Level: "warning"), CancellationToken.None);
    }

    private Task<int> RemoveAsync(MachineRow machine, string? actor) => database.WriteAsync(async context =>
    {
        await context.Machines.Where(m => m.Id == machine.Id).ExecuteDeleteAsync();
        await leases.FreeAsync(context, machine.Id);
        if (machine.Remake && await context.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Name == machine.Pool && !p.Deleting) is { } pool)
            context.Machines.Add(SuccessorOf(machine, pool));
        return events.Add(context, new HouseEvent(EventKinds.MachineDestroyed, $"'{machine.Name}' was destroyed.", actor, machine.Pool, machine.Name));
    }, CancellationToken.None);

    private MachineRow SuccessorOf(MachineRow machine, PoolRow pool) => new()
    {
        Id = MachineForge.NewId(),
        Name = machine.Name,
        Pool = machine.Pool,
        Image = pool.Image,
        Version = pool.VersionFor(machine.Name),
        CreatedAt = time.GetUtcNow(),
        Mac = machine.Mac,
        Owner = machine.Owner,
        Extra = machine.Extra,
    };
}
