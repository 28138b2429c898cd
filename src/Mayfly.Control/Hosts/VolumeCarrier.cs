using Mayfly.Contracts;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine.Exchange;
using Mayfly.Remote.Calling;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Hosts;

/// <summary>
/// Brings writable volumes to the hosts whose machines have them, and home again. There is one that counts: its row says on which host it is,
/// from before it is sent until after it is home. Whatever breaks in between, it is found there, and no machine elsewhere gets an older one.
/// </summary>
public sealed class VolumeCarrier(HouseDatabase database, IHostFiles files, HouseChanges changes)
{
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
        await database.WriteAsync(
            context => context.Volumes.Where(v => v.Host == remote.Name).ExecuteUpdateAsync(row => row.SetProperty(v => v.Host, (string?)null), cancellationToken), cancellationToken);
        changes.Announce();
    }

    /// <summary>Brings a volume to a host. Null when it is there.</summary>
    public async Task<Fault?> BringAsync(RemoteHost remote, string volumeId, CancellationToken cancellationToken)
    {
        if (await MeetAsync(remote, cancellationToken) is { } unknown) return unknown;
        // One that is there already is the newer one.
        if (await PlaceAsync(volumeId, remote.Name, cancellationToken) is { } elsewhere) return elsewhere == remote.Name ? null : Elsewhere(elsewhere);
        if (remote.SharesVolumes == true) return null;
        var sent = await remote.Files.SendAsync(files, HostFileKind.Volume, volumeId, null, cancellationToken);
        if (sent.Fault is not { } fault) return null;
        // Nobody has written to it: what is at home counts, as long as it is known not to be there.
        if ((await remote.Files.RemoveAsync(files, HostFileKind.Volume, volumeId, CancellationToken.None)).Fault is null) await HomeAsync(volumeId);
        return fault;
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

        if ((await remote.Files.FetchAsync(files, HostFileKind.Volume, volumeId, cancellationToken)).Fault is { } fault) return fault;
        await HomeAsync(volumeId);
        _ = await remote.Files.RemoveAsync(files, HostFileKind.Volume, volumeId, cancellationToken);
        return null;
    }

    /// <summary>Fetches all that a host has and no machine there has attached; what the house knows to be elsewhere is removed there.</summary>
    public async Task TidyAsync(RemoteHost remote, CancellationToken cancellationToken)
    {
        if (await MeetAsync(remote, cancellationToken) is not null) return;
        if (!(await remote.Files.ListAsync(HostFileKind.Volume, cancellationToken)).TryGet(out var there, out _)) return;
        var used = remote.Machines.Machines.Select(machine => machine.Attached.Volume?.VolumeId).ToHashSet();
        await using var context = await database.ReadAsync(cancellationToken);
        var away = await context.Volumes.Where(v => v.Host == remote.Name).Select(v => new { v.Id, v.MachineId }).ToListAsync(cancellationToken);
        foreach (var id in there.Where(id => !used.Contains(id)))
        {
            var row = away.Find(volume => volume.Id == id);
            if (row is null && remote.SharesVolumes == true) continue;
            if (row is null) _ = await remote.Files.RemoveAsync(files, HostFileKind.Volume, id, cancellationToken);
            // One that a machine is just being given is left to that.
            else if (row.MachineId is null || remote.Machines.Find(row.MachineId) is null) _ = await FetchAsync(remote, id, cancellationToken);
        }
    }

    /// <summary>Writes down that a volume goes to a host. Null when it was at home, otherwise where it is.</summary>
    private Task<string?> PlaceAsync(string volumeId, string host, CancellationToken cancellationToken) => database.WriteAsync(async context =>
    {
        var row = await context.Volumes.SingleOrDefaultAsync(v => v.Id == volumeId, cancellationToken);
        var before = row?.Host;
        if (row is not null) row.Host ??= host;
        return before;
    }, cancellationToken);

    private async Task HomeAsync(string volumeId)
    {
        await database.WriteAsync(context => context.Volumes.Where(v => v.Id == volumeId).ExecuteUpdateAsync(row => row.SetProperty(v => v.Host, (string?)null)), CancellationToken.None);
        // Its user may be waiting for it.
        changes.Announce();
    }

    private static Fault Elsewhere(string host) => new(
        ErrorCode.VolumeInUse, $"The volume is still on the host '{host}'.", "What was written last is there.", "Wait until that host answers, or open this desktop without the volume.");
}
