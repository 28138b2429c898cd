using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Sessions;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Machines;

/// <summary>Compares what the house believes with what the host runs, in both directions, and repairs the difference.</summary>
public sealed partial class MachineAudit(
    HouseDatabase database, IMachineHost host, ForksInFlight flights, MachineLosses losses, MachineDisposal disposal, EventLog events,
    TimeProvider time, ILogger<MachineAudit> logger)
{
    /// <summary>
    /// Once, before anything else happens: machines half made or half destroyed go, machines ready or in use stay, and users are taken
    /// as disconnected until they connect again.
    /// </summary>
    public async Task AtStartAsync(CancellationToken cancellationToken)
    {
        var leftovers = await database.WriteAsync(async context =>
        {
            await context.Sessions.Where(s => s.Connected).ExecuteUpdateAsync(s => s.SetProperty(row => row.Connected, false), cancellationToken);
            await context.Machines.Where(m => m.State == MachineState.Connected)
                .ExecuteUpdateAsync(m => m.SetProperty(row => row.State, MachineState.Disconnected), cancellationToken);
            var orphaned = await EndOrphanSessionsAsync(context, cancellationToken);
            foreach (var row in await context.Machines.Where(m => m.State == MachineState.Disconnected).ToListAsync(cancellationToken))
            {
                if (!await context.Sessions.AnyAsync(s => s.MachineId == row.Id && s.EndedAt == null, cancellationToken)) row.State = MachineState.AlreadyUsed;
            }

            await context.SaveChangesAsync(cancellationToken);
            var unsettled = await context.Machines.AsNoTracking().ToListAsync(cancellationToken);
            LogFound(unsettled.Count, host.Machines.Count, orphaned);
            return unsettled.Where(m => !MachineLosses.IsSettled(m.State)).ToList();
        }, cancellationToken);
        foreach (var row in leftovers) await disposal.DestroyAsync(row.Id, null);
        await CompareAsync(cancellationToken);
    }

    /// <summary>Destroys machines of the host without a row and writes off rows without a machine.</summary>
    public async Task CompareAsync(CancellationToken cancellationToken)
    {
        // The host is asked first: a machine made in between then has a row by the time rows are read.
        var running = host.Machines.ToDictionary(machine => machine.MachineId);
        await using var context = await database.ReadAsync(cancellationToken);
        var rows = await context.Machines.AsNoTracking().ToListAsync(cancellationToken);
        foreach (var stray in running.Values.Where(machine => rows.All(row => row.Id != machine.MachineId)))
        {
            await events.RecordAsync(new HouseEvent(
                EventKinds.MachineStray, $"'{stray.Hostname}' ran on the host without belonging to a pool and is destroyed.", Machine: stray.Hostname, Level: "warning"), cancellationToken);
            await host.DestroyAsync(stray.MachineId);
        }

        foreach (var row in rows.Where(row => MachineLosses.IsSettled(row.State)))
        {
            if (!running.TryGetValue(row.Id, out var machine)) await WriteOffAsync(row);
            else if (!machine.Ready && flights.Customizing(row.Id) is null) await disposal.DestroyAsync(row.Id, null);
        }
    }

    private async Task WriteOffAsync(MachineRow row)
    {
        // Asked again: it may have been made after the first look.
        if (host.Machines.Any(machine => machine.MachineId == row.Id)) return;
        await losses.HandleAsync(new HostMachineExit(row.Id, new Fault(ErrorCode.MachineExited, $"'{row.Name}' no longer runs on the host.")));
    }

    private async Task<int> EndOrphanSessionsAsync(MayflyDbContext context, CancellationToken cancellationToken)
    {
        var orphans = await context.Sessions.Where(s => s.EndedAt == null && !context.Machines.Any(m => m.Id == s.MachineId)).ToListAsync(cancellationToken);
        foreach (var session in orphans) (session.EndedAt, session.EndedBy) = (time.GetUtcNow(), SessionEnds.MachineExited);
        return orphans.Count;
    }

    [LoggerMessage(310, LogLevel.Information, "Found {Rows} machines in the database and {Running} on the host; {Orphans} sessions had lost theirs")]
    private partial void LogFound(int rows, int running, int orphans);
}
