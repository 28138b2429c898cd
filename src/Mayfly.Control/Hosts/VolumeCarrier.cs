using System.Collections.Concurrent;
using Mayfly.Contracts;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Volumes;
using Mayfly.Engine.Exchange;
using Mayfly.Engine.Shipping;
using Mayfly.Remote.Calling;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Hosts;

/// <summary>
/// Brings writable volumes to the hosts whose machines have them, and home again. There is one that counts: its row says on which host it is,
/// from before it is sent until after it is home. Whatever breaks in between, it is found there, and no machine elsewhere gets an older one. What
/// is at home meanwhile is what it was when it left: of one that comes home only what has changed is sent.
/// </summary>
public sealed class VolumeCarrier(HouseDatabase database, IHostFiles files, ICargoSender sender, ICargoReceiver receiver, HouseChanges changes)
{
    private readonly ConcurrentDictionary<string, byte> _comingHome = new();

    /// <summary>
    /// Finds out whether a host has the very storage mounted that volumes lie on here. Then nothing is carried: the row alone says which host has one.
    /// As long as that is not known nothing is done to a volume there. Null once it is known.
    /// </summary>
    public async Task<Fault?> MeetAsync(RemoteHost remote, CancellationToken cancellationToken)
    {
        if (!(await remote.Files.VolumeStorageAsync(cancellationToken)).TryGet(out var storage, out var fault)) return fault;
        remote.SharesVolumes = storage == files.VolumeStorage();
        return null;
    }

    /// <summary>A host that shares the storage is lost, and has had its time to let go: its volumes can be given to machines elsewhere.</summary>
    public async Task TakeBackAsync(RemoteHost remote, CancellationToken cancellationToken)
    {
        await HomeAsync(context => context.Volumes.Where(v => v.Host == remote.Name), cancellationToken);
    }

    /// <summary>Brings a volume to a host. Null when it is there.</summary>
    public async Task<Fault?> BringAsync(RemoteHost remote, string volumeId, CancellationToken cancellationToken)
    {
        if (await MeetAsync(remote, cancellationToken) is { } unknown) return unknown;
        if (!(await PlaceAsync(volumeId, remote, cancellationToken)).TryGet(out var onItsWay, out var elsewhere)) return elsewhere;
        // One that is there already is the newer one.
        if (!onItsWay) return null;
        var sent = await Shipment.RunAsync(sender, remote.Shipping, Cargo.Volume(volumeId), ShippingPurpose.Keep, null, cancellationToken);
        if (sent.Fault is { } fault)
        {
            await RecallAsync(remote, volumeId);
            return fault;
        }

        await database.WriteAsync(context => context.Volumes.Where(v => v.Id == volumeId).ExecuteUpdateAsync(row => row.SetProperty(v => v.OnItsWay, false)), CancellationToken.None);
        return null;
    }

    /// <summary>Fetches what a machine had that has it no more. What can not be fetched now is fetched when the host is tidied.</summary>
    public async Task FetchOfAsync(RemoteHost remote, string machineId, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var had = await context.Volumes.Where(v => v.MachineId == machineId && v.Host == remote.Name).Select(v => v.Id).ToListAsync(cancellationToken);
        foreach (var id in had) _ = await FetchAsync(remote, id, cancellationToken);
    }

    /// <summary>Fetches a volume that no machine has any more. Null when it is home.</summary>
    public async Task<Fault?> FetchAsync(RemoteHost remote, string volumeId, CancellationToken cancellationToken)
    {
        if (await MeetAsync(remote, cancellationToken) is { } unknown) return unknown;
        if (remote.SharesVolumes == true)
        {
            await HomeAsync(volumeId);
            return null;
        }

        // A second one would bring, late, what the first has brought already: over what was written since.
        if (!_comingHome.TryAdd(volumeId, default)) return new Fault(ErrorCode.Busy, "The volume is on its way home.", Remedy: "Try again when it is there.");
        try
        {
            return await ShipHomeAsync(remote, volumeId, cancellationToken);
        }
        finally
        {
            _comingHome.TryRemove(volumeId, out _);
        }
    }

    /// <summary>Fetches all that a host has and no machine there has attached; what the house knows to be elsewhere is removed there.</summary>
    public async Task TidyAsync(RemoteHost remote, CancellationToken cancellationToken)
    {
        if (await MeetAsync(remote, cancellationToken) is not null) return;
        if (!(await remote.Files.ListAsync(HostFileKind.Volume, cancellationToken)).TryGet(out var there, out _)) return;
        var used = remote.Machines.Machines.Select(machine => machine.Attached.Volume?.VolumeId).ToHashSet();
        await using var context = await database.ReadAsync(cancellationToken);
        var away = await context.Volumes.Where(v => v.Host == remote.Name).Select(v => new { v.Id, v.MachineId, v.OnItsWay }).ToListAsync(cancellationToken);
        foreach (var row in away.Where(row => row.OnItsWay && IsFree(row.MachineId))) await RecallAsync(remote, row.Id);
        foreach (var id in there.Where(id => !used.Contains(id)))
        {
            var row = away.Find(volume => volume.Id == id);
            if (row is null && remote.SharesVolumes == true) continue;
            if (row is null) _ = await remote.Files.RemoveAsync(files, HostFileKind.Volume, id, cancellationToken);
            else if (!row.OnItsWay && IsFree(row.MachineId)) _ = await FetchAsync(remote, id, cancellationToken);
        }

        // One that a machine is just being given is left to that.
        bool IsFree(string? machineId) => machineId is null || remote.Machines.Find(machineId) is null;
    }

    /// <summary>Brings home what no machine of a host has attached, and tells how many volumes are still there.</summary>
    public async Task<int> EmptyAsync(RemoteHost remote, CancellationToken cancellationToken)
    {
        await TidyAsync(remote, cancellationToken);
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Volumes.CountAsync(v => v.Host == remote.Name, cancellationToken);
    }

    private async Task<Fault?> ShipHomeAsync(RemoteHost remote, string volumeId, CancellationToken cancellationToken)
    {
        await using (var context = await database.ReadAsync(cancellationToken))
        {
            // It may have come home since this was asked for.
            if (!await context.Volumes.AnyAsync(v => v.Id == volumeId && v.Host == remote.Name, cancellationToken)) return null;
        }

        var shipped = await Shipment.RunAsync(remote.Shipping, receiver, Cargo.Volume(volumeId), ShippingPurpose.Keep, null, cancellationToken);
        if (shipped.Fault is { } fault) return fault;
        await HomeAsync(volumeId);
        _ = await remote.Files.RemoveAsync(files, HostFileKind.Volume, volumeId, cancellationToken);
        return null;
    }

    /// <summary>Writes down that a volume goes to a host. True when it has to be sent, false when it is there. Faults: NotFound, VolumeInUse while it is elsewhere.</summary>
    private Task<Outcome<bool>> PlaceAsync(string volumeId, RemoteHost remote, CancellationToken cancellationToken) => database.WriteAsync<Outcome<bool>>(async context =>
    {
        if (await context.Volumes.SingleOrDefaultAsync(v => v.Id == volumeId, cancellationToken) is not { } row) return VolumeFaults.NoVolume;
        if (row.Host is not null) return row.Host == remote.Name ? row.OnItsWay : VolumeFaults.Away(row);
        (row.Host, row.OnItsWay) = (remote.Name, remote.SharesVolumes != true);
        return row.OnItsWay;
    }, cancellationToken);

    /// <summary>Nobody has written to one that may not have arrived: what is at home counts, as long as it is known not to be there.</summary>
    private async Task RecallAsync(RemoteHost remote, string volumeId)
    {
        if ((await remote.Files.RemoveAsync(files, HostFileKind.Volume, volumeId, CancellationToken.None)).Fault is null) await HomeAsync(volumeId);
    }

    private Task HomeAsync(string volumeId) => HomeAsync(context => context.Volumes.Where(v => v.Id == volumeId), CancellationToken.None);

    private async Task HomeAsync(Func<MayflyDbContext, IQueryable<VolumeRow>> which, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            context => which(context).ExecuteUpdateAsync(row => row.SetProperty(v => v.Host, (string?)null).SetProperty(v => v.OnItsWay, false), cancellationToken), cancellationToken);
        // Its user may be waiting for it.
        changes.Announce();
    }
}
