using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Machines;
using Mayfly.Control.Pools;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Volumes;

/// <summary>
/// Which machine has which volume. A lease is taken in the transaction that lends the machine and freed in the one that removes the machine's
/// row, after the host has destroyed it: in between nobody else gets the volume, whatever else happens.
/// </summary>
public sealed class VolumeLeases(HouseDatabase database, IMachineHost host, EventLog events, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _work = [];

    /// <summary>Takes the user's volume for a machine, and writes down a new one when there is none. Faults: VolumeInUse, VolumeDisabled.</summary>
    /// <returns>The volume.</returns>
    internal async Task<Outcome<VolumeRow>> TakeAsync(MayflyDbContext context, PoolRow pool, MachineRow machine, string user, string os, CancellationToken cancellationToken)
    {
        var volume = await context.Volumes.SingleOrDefaultAsync(v => v.User == user && v.Os == os, cancellationToken);
        if (volume is { Enabled: false }) return VolumeFaults.Disabled(volume);
        if (volume?.MachineId is { } other && other != machine.Id) return VolumeFaults.InUse(volume);
        if (volume is { MachineId: null, Host: not null }) return VolumeFaults.Away(volume);
        if (volume is not null && WorkOn(volume.Id) is { } work) return VolumeFaults.WorkedOn(volume, work);
        if (volume is null) context.Volumes.Add(volume = New(user, os, pool.Settings.Volume!.Value, pool.Settings.VolumeMib));
        // What a pool keeps is the pool's to say; what was kept before stays in the volume.
        volume.Kind = pool.Settings.Volume!.Value;
        volume.Lend(machine.Id, machine.Name, pool.Name, time.GetUtcNow());
        return volume;
    }

    /// <summary>Frees what a machine has, in the transaction that removes its row. Nothing is freed that the host may still use.</summary>
    internal async Task FreeAsync(MayflyDbContext context, string machineId)
    {
        if (host.Find(machineId) is not null) return;
        if (await context.Volumes.SingleOrDefaultAsync(v => v.MachineId == machineId) is { } volume) volume.Free();
    }

    /// <summary>Frees the leases of machines that neither the house nor the host knows.</summary>
    internal Task SweepAsync(CancellationToken cancellationToken) => database.WriteAsync(async context =>
    {
        var lost = await context.Volumes.Where(v => v.MachineId != null && !context.Machines.Any(m => m.Id == v.MachineId)).ToListAsync(cancellationToken);
        foreach (var volume in lost.Where(volume => host.Find(volume.MachineId!) is null)) volume.Free();
        return lost.Count;
    }, cancellationToken);

    /// <summary>True when a machine has a volume, or may have one.</summary>
    internal async Task<bool> HasAsync(string machineId)
    {
        if (host.Find(machineId)?.Attached.Volume is not null) return true;
        await using var context = await database.ReadAsync(CancellationToken.None);
        return await context.Volumes.AnyAsync(v => v.MachineId == machineId);
    }

    /// <summary>Does something to a volume that no machine has, and lets none have it meanwhile. Faults: NotFound, VolumeInUse, those of the work.</summary>
    internal async Task<Outcome<T>> WorkAsync<T>(string volumeId, string what, Func<VolumeRow, Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        string? other;
        lock (_lock)
        {
            if (!_work.TryGetValue(volumeId, out other)) _work[volumeId] = what;
        }

        try
        {
            // In its turn among those who write: whoever lends a machine after this sees what is being done.
            var volume = await database.WriteAsync(context => context.Volumes.AsNoTracking().SingleOrDefaultAsync(v => v.Id == volumeId, cancellationToken), cancellationToken);
            if (volume is null) return VolumeFaults.NoVolume;
            if (other is not null) return VolumeFaults.WorkedOn(volume, other);
            if (volume.MachineId is not null) return VolumeFaults.InUse(volume);
            if (volume.Host is not null) return VolumeFaults.Away(volume);
            return await work(volume);
        }
        finally
        {
            lock (_lock)
            {
                if (other is null) _work.Remove(volumeId);
            }
        }
    }

    /// <summary>Writes a volume down, makes its file, and takes the row back when that fails. Faults: NotFound, AlreadyExists, those of the work.</summary>
    internal async Task<Outcome<T>> MakeAsync<T>(VolumeRow volume, Func<Task<Outcome<T>>> make, CancellationToken cancellationToken)
    {
        // Known as worked on before anybody can see the row.
        lock (_lock) _work[volume.Id] = "it is being made";
        try
        {
            var fault = await database.WriteAsync(async context =>
            {
                if (!await context.Users.AnyAsync(u => u.Name == volume.User, cancellationToken)) return UserDirectory.NoUser(volume.User);
                if (await context.Volumes.AnyAsync(v => v.User == volume.User && v.Os == volume.Os, cancellationToken)) return HasOne(volume.User, volume.Os);
                context.Volumes.Add(volume);
                return (Fault?)null;
            }, cancellationToken);
            if (fault is not null) return fault;
            return await MakeOrForgetAsync(volume.Id, make);
        }
        finally
        {
            lock (_lock) _work.Remove(volume.Id);
        }
    }

    /// <summary>Removes volumes that were written down and never made: whoever was at it was cut off. One that a machine waits for stays.</summary>
    internal async Task ForgetUnmadeAsync(IVolumeLibrary library, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        foreach (var id in await context.Volumes.Where(v => !v.Made && v.MachineId == null).Select(v => v.Id).ToListAsync(cancellationToken))
            if ((await library.RemoveAsync(id, cancellationToken)).Fault is null) await ForgetAsync(id);
    }

    internal static Fault HasOne(string user, string os) => new(ErrorCode.AlreadyExists, $"'{user}' has a volume for {os} already.", null, "Move or remove that one first.");

    private async Task<Outcome<T>> MakeOrForgetAsync<T>(string volumeId, Func<Task<Outcome<T>>> make)
    {
        var made = false;
        try
        {
            var outcome = await make();
            made = outcome.Fault is null;
            return outcome;
        }
        finally
        {
            if (!made) await ForgetAsync(volumeId);
        }
    }

    private Task<int> ForgetAsync(string volumeId) =>
        database.WriteAsync(context => context.Volumes.Where(v => v.Id == volumeId && !v.Made).ExecuteDeleteAsync(), CancellationToken.None);

    /// <summary>A volume that is not there yet, within a transaction.</summary>
    internal VolumeRow New(string user, string os, VolumeKind kind, int sizeMib) =>
        new() { Id = Secrets.MakeId(), User = user, Os = os, Kind = kind, SizeMib = sizeMib, CreatedAt = time.GetUtcNow() };

    /// <summary>The file of a volume is there from now on.</summary>
    internal async Task MadeAsync(string volumeId, string? actor, int? sizeMib = null) => await database.WriteAsync(async context =>
    {
        // No token: the file is there.
        var volume = await context.Volumes.SingleAsync(v => v.Id == volumeId);
        (volume.Made, volume.SizeMib) = (true, sizeMib ?? volume.SizeMib);
        return events.Add(context, new HouseEvent(EventKinds.VolumeAdded, $"'{volume.User}' has a volume for {volume.Os} of {volume.SizeMib} MiB.", actor) { User = volume.User, After = volume.ToView() });
    }, CancellationToken.None);

    private string? WorkOn(string volumeId)
    {
        lock (_lock) return _work.GetValueOrDefault(volumeId);
    }
}
