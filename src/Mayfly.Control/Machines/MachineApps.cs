using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Apps;
using Mayfly.Control.Events;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Mayfly.Engine.Attaching;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Machines;

/// <summary>
/// Attaches to a machine that was just made what its pool delivers when machines are made, so that logon is free. When a marker moves later,
/// the machine is left alone: its logon attaches all that is wanted then.
/// </summary>
public sealed class MachineApps(HouseDatabase database, IMachineHost host, EventLog events)
{
    /// <summary>Why the machine is not to be used, or null. It is gone from the host then.</summary>
    internal async Task<Fault?> AttachAsync(HostMachine machine, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        if (!await context.Assignments.AnyAsync(a => a.Delivery == PackageDelivery.Provision, cancellationToken)) return null;
        var pool = await context.Pools.AsNoTracking().SingleOrDefaultAsync(p => context.Machines.Any(m => m.Id == machine.MachineId && m.Pool == p.Name), cancellationToken);
        if (pool is null) return null;
        var wanted = (await AppReader.OfPoolAsync(context, pool.Name, cancellationToken)).Select(app => app.Package.Id).ToList();
        if (wanted.Count == 0) return null;
        var fault = await TryAsync(machine.MachineId, wanted, cancellationToken);
        if (fault is null) return null;
        await events.RecordAsync(new HouseEvent(
            EventKinds.MachineAttachFailed, $"'{machine.Hostname}' was made without all its applications. {fault}", Pool: pool.Name, Machine: machine.Hostname, Level: "warning"), CancellationToken.None);
        if (pool.Settings.OnAttachFailure == AttachFailureRule.Continue) return null;
        await host.DestroyAsync(machine.MachineId);
        return fault;
    }

    private async Task<Fault?> TryAsync(string machineId, IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await host.AttachAsync(machineId, new Attachments(wanted), cancellationToken);
            return outcome.TryGet(out var result, out var fault) ? wanted.Select(id => result.Packages.GetValueOrDefault(id)).FirstOrDefault(missing => missing is not null) : fault;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The machine is there all the same: whoever finds it, finds it without them, and its logon attaches them.
            return null;
        }
    }
}
