using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Sessions;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Machines;

/// <summary>
/// Compares what the house believes with what the host has, in both directions, and repairs the difference. All that is told as news is
/// found here too: news only comes sooner.
/// </summary>
public sealed partial class MachineAudit(
    HouseDatabase database, IMachineHost host, MachineOperations operations, MachineLosses losses, MachineTroubles troubles, MachineSettlement settlement,
    MachineDisposal disposal, MachineLeases leases, EventLog events, TimeProvider time, ILogger<MachineAudit> logger)
{
    /// <summary>
    /// Once, before anything else happens: machines half made are to go unless somebody counts on them, machines ready or in use stay, and users are
    /// taken as disconnected until they connect again. What is to go is left to the planner: a log-off can take minutes, and the house is open by then.
    /// </summary>
    public async Task AtStartAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await database.WriteAsync(async context =>
        {
            await context.Sessions.Where(s => s.Connected).ExecuteUpdateAsync(s => s.SetProperty(row => row.Connected, false).SetProperty(row => row.DisconnectedAt, now), cancellationToken);
            var orphaned = await EndOrphanSessionsAsync(context, cancellationToken);
            var rows = await context.Machines.ToListAsync(cancellationToken);
            var open = (await context.Sessions.Where(s => s.EndedAt == null).Select(s => s.MachineId).ToListAsync(cancellationToken)).ToHashSet();
            foreach (var row in rows) Settle(row, open.Contains(row.Id));
            LogFound(rows.Count, host.Machines.Count, orphaned);
            return rows.Count;
        }, cancellationToken);
        await CompareAsync(cancellationToken);
    }

    /// <summary>Destroys machines of the host without a row, and brings rows in line with their machines.</summary>
    public async Task CompareAsync(CancellationToken cancellationToken)
    {
        // The host is asked first: a machine made in between then has a row by the time rows are read.
        var found = host.Machines.ToDictionary(machine => machine.MachineId);
        await using var context = await database.ReadAsync(cancellationToken);
        var rows = await context.Machines.AsNoTracking().ToListAsync(cancellationToken);
        var captures = await context.Captures.Where(c => c.EndedAt == null).Select(c => c.MachineId).ToListAsync(cancellationToken);
        foreach (var stray in found.Values.ExceptBy(rows.Select(row => row.Id).Concat(captures), machine => machine.MachineId))
        {
            // Asked again: it may have been destroyed, and its row with it, after the first look.
            if (host.Find(stray.MachineId) is null) continue;
            await events.RecordAsync(new HouseEvent(
                EventKinds.MachineStray, $"'{stray.Hostname}' was on the host without belonging to a pool and is destroyed.", Machine: stray.Hostname, Level: "warning"), cancellationToken);
            await host.DestroyAsync(stray.MachineId);
        }

        // What an operation is at work on is its to write down; the audit is one too, so that nothing changes under it.
        foreach (var row in rows.Where(row => Differs(row, found.GetValueOrDefault(row.Id))))
            await operations.RunAsync(row.Id, row.Name, MachineOperations.Audit, CompareAsync);
        await leases.SweepAsync(cancellationToken);
    }

    private static bool Differs(MachineRow row, HostMachine? machine) => row.State switch
    {
        MachineState.Provisioning => machine is not null,
        MachineState.Provisioned => machine is not { Phase: MachinePhase.Off },
        MachineState.Error => machine is null,
        // The planner sees to these.
        MachineState.ProvisioningError or MachineState.Deleting => false,
        MachineState.AgentUnreachable => machine is not { Ready: true, Trouble: not null },
        _ => machine is not { Ready: true, Trouble: null },
    };

    /// <summary>Both are read anew: what was seen before may have been in the middle of a change.</summary>
    private async Task<Outcome<Done>> CompareAsync(MachineOperations.Scope scope)
    {
        await using var context = await database.ReadAsync(CancellationToken.None);
        var row = await context.Machines.AsNoTracking().SingleOrDefaultAsync(m => m.Id == scope.MachineId);
        scope.Pool = row?.Pool;
        if (row is not null) await RepairAsync(row, host.Find(scope.MachineId));
        return Done.Yes;
    }

    private async Task RepairAsync(MachineRow row, HostMachine? machine)
    {
        if (machine is null)
        {
            // One that never was READY is held back to be looked at: it has nothing on the host.
            if (MachineStates.IsMade(row.State) && !(row.State == MachineState.Maintenance && row.ReadyAt is null))
                await losses.HandleAsync(new HostMachineExit(row.Id, new Fault(ErrorCode.MachineExited, $"'{row.Name}' is no longer on the host.")));
        }
        else if (row.State == MachineState.Provisioning)
        {
            // Made in full, but that was never written down.
            if (machine.Ready) await settlement.MadeAsync(machine);
        }
        else if (row.State == MachineState.Provisioned)
        {
            if (machine.Ready) await settlement.StartedAsync(machine);
            else if (machine.Phase != MachinePhase.Off) await HalfwayAsync(row);
        }
        else if (machine.Phase == MachinePhase.Off)
        {
            await losses.HandleAsync(new HostMachineExit(row.Id, new Fault(ErrorCode.MachineExited, $"'{row.Name}' is off."), Kept: true));
        }
        else if (!machine.Ready)
        {
            await HalfwayAsync(row);
        }
        else if (machine.Trouble is { } trouble)
        {
            await troubles.HandleAsync(new HostMachineTrouble(row.Id, trouble));
        }
        else
        {
            await troubles.HandleAsync(new HostMachineRecovery(row.Id));
        }
    }

    /// <summary>On its way to READY without anybody at work on it. One that is somebody's keeps its disk: it is turned off, and on again in full.</summary>
    private async Task HalfwayAsync(MachineRow row)
    {
        if (row.Owner is null && row.State != MachineState.Provisioned)
        {
            // Not awaited: a destruction waits for the operation it interrupts, and that is this one.
            _ = disposal.DestroyAsync(row.Id, null);
            return;
        }

        await host.StopAsync(row.Id, TimeSpan.Zero);
        await losses.HandleAsync(new HostMachineExit(row.Id, new Fault(ErrorCode.MachineExited, $"'{row.Name}' was found half started."), Kept: true));
    }

    /// <summary>One that was in use and has no session any more was had by somebody: nobody else gets it.</summary>
    private void Settle(MachineRow row, bool inSession)
    {
        if (IsHalfMade(row)) row.MoveTo(MachineState.Deleting);
        if (row.State == MachineState.Connected) row.MoveTo(MachineState.Disconnected);
        if (inSession) return;
        row.User = null;
        if (row.State == MachineState.Disconnected) row.MoveTo(row.RunningState);
    }

    private bool IsHalfMade(MachineRow row) => row.State == MachineState.Provisioning && row.Owner is null && row.Mac is null
        && host.Find(row.Id) is not { Ready: true };

    private async Task<int> EndOrphanSessionsAsync(MayflyDbContext context, CancellationToken cancellationToken)
    {
        var orphans = await context.Sessions.Where(s => s.EndedAt == null && !context.Machines.Any(m => m.Id == s.MachineId)).ToListAsync(cancellationToken);
        foreach (var session in orphans) session.End(SessionEnds.MachineExited, time.GetUtcNow());
        return orphans.Count;
    }

    [LoggerMessage(310, LogLevel.Information, "Found {Rows} machines in the database and {Running} on the host; {Orphans} sessions had lost theirs")]
    private partial void LogFound(int rows, int running, int orphans);
}
