using System.Globalization;
using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Images;
using Mayfly.Engine.Measuring;

namespace Mayfly.Engine.Volumes;

/// <summary>The writable volumes of this host.</summary>
internal sealed class VolumeLibrary(VolumeStore store, VolumeMaker maker, VolumeImporter importer, QemuImages images, VolumeUse use, TimeProvider time) : IVolumeLibrary
{
    /// <inheritdoc/>
    public async Task<Outcome<Done>> CreateAsync(string volumeId, int sizeMib, CancellationToken cancellationToken)
    {
        if ((store.Reserve(volumeId) ?? VolumeSize.Check(sizeMib)) is { } refused)
            return refused;
        try
        {
            using var staged = store.Stage();
            var made = await maker.MakeAsync(VolumeStore.FileIn(staged.Directory), sizeMib, cancellationToken);
            return made.Fault is not null ? made : store.Commit(staged, volumeId);
        }
        catch (IOException error) when (Full(error) is { } full)
        {
            return full;
        }
    }

    /// <inheritdoc/>
    public async Task<Outcome<VolumeFile>> ReadAsync(string volumeId, CancellationToken cancellationToken)
    {
        if (!store.Find(volumeId).TryGet(out var path, out var unknown))
            return unknown;
        if (!(await images.ReadAsync(path, cancellationToken)).TryGet(out var info, out var damaged))
            return damaged;
        var snapshots = info.Snapshots.Select(SnapshotName.Read).OfType<VolumeSnapshotFile>().OrderByDescending(snapshot => snapshot.TakenAt);
        return new VolumeFile(volumeId, VolumeSize.Mib(info.VirtualBytes), FileBlocks.Of(path)?.Bytes ?? 0, [.. snapshots]);
    }

    /// <inheritdoc/>
    public async Task<Outcome<Done>> GrowAsync(string volumeId, int sizeMib, CancellationToken cancellationToken)
    {
        if (!(await ReadAsync(volumeId, cancellationToken)).TryGet(out var volume, out var fault))
            return fault;
        if ((VolumeSize.Check(sizeMib) ?? use.FaultOf(volumeId)) is { } refused)
            return refused;
        if (sizeMib < volume.SizeMib)
            return new Fault(ErrorCode.InvalidRequest, $"The volume has {volume.SizeMib} MiB and can not be made smaller.", Remedy: "Name a larger size.");
        return sizeMib == volume.SizeMib ? Done.Yes : await ResizeAsync(volumeId, sizeMib, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Outcome<VolumeSnapshotFile>> SnapshotAsync(string volumeId, int keep, CancellationToken cancellationToken)
    {
        if (!(await ReadAsync(volumeId, cancellationToken)).TryGet(out var volume, out var fault))
            return fault;
        if (keep < 1)
            return new Fault(ErrorCode.InvalidRequest, "At least one snapshot is kept.", Remedy: "Keep 1 or more.");
        if (use.FaultOf(volumeId) is { } inUse)
            return inUse;
        var taken = await TakeAsync(volume, cancellationToken);
        if (taken.Fault is not null)
            return taken;
        foreach (var old in volume.Snapshots.Skip(keep - 1))
        {
            if ((await images.RunAsync(store.FileOf(volumeId), cancellationToken, "snapshot", "-d", old.Id, store.FileOf(volumeId))).Fault is { } failed)
                return failed;
        }

        return taken;
    }

    /// <inheritdoc/>
    public async Task<Outcome<Done>> RestoreAsync(string volumeId, string snapshotId, CancellationToken cancellationToken)
    {
        if (!(await ReadAsync(volumeId, cancellationToken)).TryGet(out var volume, out var fault))
            return fault;
        if (volume.Snapshots.All(snapshot => snapshot.Id != snapshotId))
            return new Fault(ErrorCode.NotFound, $"The volume {volumeId} has no snapshot {snapshotId}.");
        if (use.FaultOf(volumeId) is { } inUse)
            return inUse;
        // Once begun it is brought to its end: half of a restore is neither the one nor the other.
        if ((await TakeAsync(volume, CancellationToken.None)).Fault is { } notTaken)
            return notTaken;
        var restored = await images.RunAsync(store.FileOf(volumeId), CancellationToken.None, "snapshot", "-a", snapshotId, store.FileOf(volumeId));
        // It had another size when it was smaller; its file system grows again at the next attach.
        return restored.Fault is not null ? restored : await ResizeAsync(volumeId, volume.SizeMib, CancellationToken.None);
    }

    /// <inheritdoc/>
    public async Task<Outcome<Stream>> ExportAsync(string volumeId, CancellationToken cancellationToken)
    {
        if (!store.Find(volumeId).TryGet(out var path, out var unknown))
            return unknown;
        if ((use.FaultOf(volumeId) ?? DiskSpace.Require(store.Root, FileBlocks.Of(path)?.Bytes ?? 0, "export the volume")) is { } refused)
            return refused;
        using var staged = store.Stage();
        var copy = VolumeStore.FileIn(staged.Directory);
        var copied = await images.RunAsync(path, cancellationToken, "convert", "-f", "qcow2", "-O", "qcow2", path, copy);
        // Its name goes with the staged directory: only this stream leads to it, and nothing is left when mayflyd is killed.
        return copied.Fault is { } fault ? fault : new FileStream(copy, FileMode.Open, FileAccess.Read, FileShare.Delete, 0, FileOptions.Asynchronous);
    }

    /// <inheritdoc/>
    public async Task<Outcome<VolumeFile>> ImportAsync(string volumeId, string path, int maximumMib, CancellationToken cancellationToken)
    {
        if (store.Reserve(volumeId) is { } refused)
            return refused;
        try
        {
            var imported = await importer.ImportAsync(volumeId, path, maximumMib, cancellationToken);
            return imported.Fault is { } fault ? fault : await ReadAsync(volumeId, cancellationToken);
        }
        catch (IOException error) when (Full(error) is { } full)
        {
            return full;
        }
    }

    /// <inheritdoc/>
    public Task<Outcome<Done>> RemoveAsync(string volumeId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (use.FaultOf(volumeId) is { } inUse)
            return Task.FromResult<Outcome<Done>>(inUse);
        store.Remove(volumeId);
        return Task.FromResult<Outcome<Done>>(Done.Yes);
    }

    private async Task<Outcome<VolumeSnapshotFile>> TakeAsync(VolumeFile volume, CancellationToken cancellationToken)
    {
        var name = SnapshotName.Next(time.GetUtcNow(), volume.Snapshots);
        var taken = await images.RunAsync(store.FileOf(volume.Id), cancellationToken, "snapshot", "-c", name, store.FileOf(volume.Id));
        return taken.Fault is { } fault ? fault : SnapshotName.Read(name)!;
    }

    private Task<Outcome<Done>> ResizeAsync(string volumeId, int sizeMib, CancellationToken cancellationToken) => images.RunAsync(
        store.FileOf(volumeId), cancellationToken, "resize", "-q", "-f", "qcow2", store.FileOf(volumeId), sizeMib.ToString(CultureInfo.InvariantCulture) + "M");

    private Fault? Full(IOException error) => DiskFault.When(error, "There is no room for the volume.", store.Root);
}
