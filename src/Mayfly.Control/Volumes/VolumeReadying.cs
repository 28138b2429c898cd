using Mayfly.Contracts;
using Mayfly.Control.Events;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Volumes;

/// <summary>Readies a volume for the machine that has its lease: makes its file the first time, and keeps a snapshot of it before each logon after that.</summary>
public sealed class VolumeReadying(HouseDatabase database, IVolumeLibrary library, VolumeLeases leases, EventLog events)
{
    /// <summary>Readies a volume. Faults: VolumeInUse when another machine has the lease, those of making it.</summary>
    /// <param name="volumeId">Which.</param>
    /// <param name="machineId">Machine that has its lease.</param>
    /// <param name="snapshots">Snapshots to keep, or 0.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task<Outcome<VolumeRow>> ReadyAsync(string volumeId, string machineId, int snapshots, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var volume = await context.Volumes.AsNoTracking().SingleOrDefaultAsync(v => v.Id == volumeId, cancellationToken);
        if (volume is null) return VolumeFaults.NoVolume;
        if (volume.MachineId != machineId) return VolumeFaults.InUse(volume);
        if (volume.Made) return await KeepAsync(volume, snapshots, cancellationToken);
        var made = await library.CreateAsync(volumeId, volume.SizeMib, cancellationToken);
        // Made already, but that was never written down.
        if (made.Fault is { } fault && fault.Code != ErrorCode.AlreadyExists) return fault;
        await leases.MadeAsync(volumeId, null);
        return volume;
    }

    /// <summary>A volume without a snapshot is better than none: that it could not be taken is told.</summary>
    private async Task<Outcome<VolumeRow>> KeepAsync(VolumeRow volume, int snapshots, CancellationToken cancellationToken)
    {
        if (snapshots == 0) return volume;
        var taken = await library.SnapshotAsync(volume.Id, snapshots, cancellationToken);
        if (taken.Fault is not { } fault) return volume;
        await events.RecordAsync(new HouseEvent(
            EventKinds.VolumeChanged, $"No snapshot of the volume of '{volume.User}' could be taken before the logon. {fault}", Pool: volume.Pool, Machine: volume.Machine, Level: "warning")
        {
            User = volume.User,
        }, cancellationToken);
        return volume;
    }
}
