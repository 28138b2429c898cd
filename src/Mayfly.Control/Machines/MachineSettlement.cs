using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Telemetry;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Machines;

/// <summary>Writes down how the making or starting of a machine ended. Nothing here is cancelled: what happened on the host has happened.</summary>
public sealed class MachineSettlement(
    HouseDatabase database, IMachineHost host, MachineLosses losses, PoolHealth health, PoolQueue queue, HouseChanges changes, EventLog events, HouseMeters meters,
    TimeProvider time)
{
    /// <summary>It was made: the row says so, unless it is to go already.</summary>
    internal async Task<Outcome<Done>> MadeAsync(HostMachine made)
    {
        var row = await AvailableAsync(made, MachineState.Provisioning, machine =>
        {
            (machine.RefreshedAt, machine.FailedAttempts) = (time.GetUtcNow(), 0);
            return $"'{machine.Name}' is available, {made.Timeline.ReadyMs:F0} ms after it was asked for.";
        });
        if (row is null) return await UnwantedAsync(made);
        health.Count(row.Pool, failed: false);
        meters.Made(row.Pool, made.Timeline.ShellReady, made.Timeline.RunningMs, made.Timeline.ReadyMs);
        return await LivesAsync(row);
    }

    /// <summary>It was turned on.</summary>
    internal async Task<Outcome<Done>> StartedAsync(HostMachine started)
    {
        var row = await AvailableAsync(started, MachineState.Provisioned, machine => $"'{machine.Name}' was started.");
        return row is null ? Gone(started.Hostname) : await LivesAsync(row);
    }

    /// <summary>It could not be made: it is tried again, or fails, or what the host refused is forgotten.</summary>
    internal async Task<Outcome<Done>> NotMadeAsync(string machineId, Fault fault)
    {
        var pool = await database.WriteAsync(async context =>
        {
            var row = await context.Machines.SingleOrDefaultAsync(m => m.Id == machineId && m.State == MachineState.Provisioning);
            if (row is null) return null;
            var asked = await context.Pools.SingleAsync(p => p.Name == row.Pool);
            if (IsRefusal(fault.Code)) Refused(context, row, fault);
            else await FailedAsync(context, row, asked, fault);
            return row.Pool;
        }, CancellationToken.None);
        if (pool is not null) meters.NotMade(pool);
        return Rest(pool, fault);
    }

    /// <summary>It could not be turned on: it stays off and is tried again, or is in error.</summary>
    internal async Task<Outcome<Done>> NotStartedAsync(string machineId, Fault fault)
    {
        // It may run already: then it could not be started for that.
        if (host.Find(machineId) is { Ready: true } running) return await StartedAsync(running);
        var pool = await database.WriteAsync(async context =>
        {
            var row = await context.Machines.SingleOrDefaultAsync(m => m.Id == machineId && (m.State == MachineState.Provisioned || m.State == MachineState.Maintenance));
            if (row is null) return null;
            var asked = await context.Pools.AsNoTracking().SingleAsync(p => p.Name == row.Pool);
            var last = !IsRefusal(fault.Code) && ++row.FailedAttempts >= asked.Settings.Attempts;
            row.ProcessId = null;
            row.MoveTo(row.State == MachineState.Maintenance ? MachineState.Maintenance : last ? MachineState.Error : MachineState.Provisioned, fault);
            events.Add(context, new HouseEvent(EventKinds.MachineFailed, $"'{row.Name}' could not be started. {fault}", Pool: row.Pool, Machine: row.Name, Level: last ? "error" : "warning"));
            return row.Pool;
        }, CancellationToken.None);
        return Rest(pool, fault);
    }

    /// <summary>Lets a pool rest after a failure; null when there is nothing of it that has failed any more.</summary>
    private Fault Rest(string? pool, Fault fault)
    {
        if (pool is null) return fault;
        health.Failed(pool, fault);
        Announce(pool);
        return fault;
    }

    /// <summary>True when the host would not begin: that is no fault of the machine's.</summary>
    internal static bool IsRefusal(ErrorCode code) => code
        is ErrorCode.HostMemoryLow or ErrorCode.HostDiskLow or ErrorCode.QemuMissing or ErrorCode.QemuTooOld or ErrorCode.ToolMissing or ErrorCode.VmUserMissing
        or ErrorCode.AcceleratorUnavailable or ErrorCode.ImageNotPublished or ErrorCode.WarmImageCorrupt or ErrorCode.WarmImageForeign or ErrorCode.NotFound
        or ErrorCode.NoHost or ErrorCode.HostUnreachable or ErrorCode.HostUntrusted or ErrorCode.TermOver;

    private Task<MachineRow?> AvailableAsync(HostMachine made, MachineState before, Func<MachineRow, string> message) => database.WriteAsync(async context =>
    {
        var row = await context.Machines.SingleOrDefaultAsync(m => m.Id == made.MachineId && (m.State == before || m.State == MachineState.Maintenance));
        if (row is null) return null;
        row.Describe(made, time.GetUtcNow());
        // One that is held back stays so, on or off.
        row.MoveTo(row.State == MachineState.Maintenance ? MachineState.Maintenance : row.RunningState);
        events.Add(context, new HouseEvent(EventKinds.MachineReady, message(row), Pool: row.Pool, Machine: row.Name));
        return row;
    }, CancellationToken.None);

    /// <summary>A machine whose row did not wait for it: it goes, unless the row has got it already.</summary>
    private async Task<Outcome<Done>> UnwantedAsync(HostMachine made)
    {
        await using var context = await database.ReadAsync(CancellationToken.None);
        if (await context.Machines.AnyAsync(m => m.Id == made.MachineId && m.State != MachineState.Deleting)) return Done.Yes;
        await host.DestroyAsync(made.MachineId);
        return Gone(made.Hostname);
    }

    private async Task<Outcome<Done>> LivesAsync(MachineRow row)
    {
        health.Clear(row.Pool);
        // Its end may have been reported before the row said that it lives.
        var there = host.Find(row.Id);
        if (there is null or { Phase: MachinePhase.Off })
            await losses.HandleAsync(new HostMachineExit(row.Id, new Fault(ErrorCode.MachineExited, $"'{row.Name}' ended as soon as it was READY."), Kept: there is not null));
        Announce(row.Pool);
        return Done.Yes;
    }

    private void Refused(MayflyDbContext context, MachineRow row, Fault fault)
    {
        // One whose name and MAC somebody counts on keeps its place; any other is made under a name of its own when there is room.
        if (row.Owner is null && row.Mac is null) context.Machines.Remove(row);
        else row.MoveTo(MachineState.Provisioning, fault);
        events.Add(context, new HouseEvent(EventKinds.MachineRefused, $"'{row.Name}' was not made. {fault}", Pool: row.Pool, Machine: row.Name, Level: "warning"));
    }

    private async Task FailedAsync(MayflyDbContext context, MachineRow row, PoolRow pool, Fault fault)
    {
        row.FailedAttempts++;
        if (row.FailedAttempts < pool.Settings.Attempts)
        {
            row.MoveTo(MachineState.Provisioning, fault);
            events.Add(context, new HouseEvent(
                EventKinds.MachineFailed, $"'{row.Name}' could not be made and is tried again ({row.FailedAttempts} of {pool.Settings.Attempts}). {fault}", Pool: row.Pool, Machine: row.Name, Level: "warning"));
            return;
        }

        row.FailedAttempts = 0;
        row.MoveTo(MachineState.ProvisioningError, fault);
        events.Add(context, new HouseEvent(EventKinds.MachineFailed, $"'{row.Name}' could not be made. {fault}", Pool: row.Pool, Machine: row.Name, Level: "error"));
        if (await context.Pushes.SingleOrDefaultAsync(p => p.Pool == pool.Name && p.State == PushState.Rolling && p.ToVersion == row.Version) is { } push) push.Failed++;
        var share = health.Count(pool.Name, failed: true);
        if (!pool.Settings.StopOnError && (share < pool.Settings.ErrorThresholdPercent || share == 0)) return;
        pool.Stop(fault);
        var why = pool.Settings.StopOnError ? "A machine could not be made" : $"{share} % of the last machines could not be made";
        events.Add(context, new HouseEvent(EventKinds.PoolStopped, $"The pool '{pool.Name}' makes no more machines. {why}. {fault}", Pool: pool.Name, Level: "error"));
    }

    private void Announce(string pool)
    {
        queue.Wake(pool);
        changes.Announce();
    }

    private static Fault Gone(string machine) => new(ErrorCode.NotFound, $"'{machine}' was deleted while it was being made.");
}
