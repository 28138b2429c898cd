using Mayfly.Contracts;

namespace Mayfly.Engine;

/// <summary>
/// The writable volumes of this host, each one qcow2 file in <c>volumes/</c> with its snapshots inside. All but reading is refused with
/// VolumeInUse while a machine has it: QEMU's own lock on the file stands behind that.
/// </summary>
public interface IVolumeLibrary
{
    /// <summary>Makes an empty volume. Faults: AlreadyExists, HostDiskLow, ToolMissing.</summary>
    /// <param name="volumeId">1 to 36 of a-z and 0-9, chosen by the caller.</param>
    /// <param name="sizeMib">What its user can write at most, 64 to 1,048,576.</param>
    /// <param name="cancellationToken">Cancels and leaves nothing.</param>
    Task<Outcome<Done>> CreateAsync(string volumeId, int sizeMib, CancellationToken cancellationToken);

    /// <summary>Looks at a volume. Faults: NotFound, VolumeUnusable.</summary>
    Task<Outcome<VolumeFile>> ReadAsync(string volumeId, CancellationToken cancellationToken);

    /// <summary>Makes it larger; its file system grows when it is attached next. Faults: NotFound, InvalidRequest for a smaller size, VolumeInUse, HostDiskLow.</summary>
    Task<Outcome<Done>> GrowAsync(string volumeId, int sizeMib, CancellationToken cancellationToken);

    /// <summary>Takes a snapshot and removes the oldest beyond those to keep. Faults: NotFound, VolumeInUse, HostDiskLow.</summary>
    Task<Outcome<VolumeSnapshotFile>> SnapshotAsync(string volumeId, int keep, CancellationToken cancellationToken);

    /// <summary>Goes back to a snapshot, after taking one of what is there now. Faults: NotFound, VolumeInUse.</summary>
    Task<Outcome<Done>> RestoreAsync(string volumeId, string snapshotId, CancellationToken cancellationToken);

    /// <summary>A copy without snapshots as a qcow2 file, to be read once; gone when it is closed. Faults: NotFound, VolumeInUse, HostDiskLow.</summary>
    Task<Outcome<Stream>> ExportAsync(string volumeId, CancellationToken cancellationToken);

    /// <summary>Makes a volume of a qcow2 file. Faults: AlreadyExists, VolumeUnusable, ImageFormatUnsupported, ImageHasExternalReference, HostDiskLow.</summary>
    /// <param name="volumeId">Id of the new volume.</param>
    /// <param name="path">Absolute path of the file.</param>
    /// <param name="maximumMib">The largest size taken.</param>
    /// <param name="cancellationToken">Cancels and leaves nothing.</param>
    Task<Outcome<VolumeFile>> ImportAsync(string volumeId, string path, int maximumMib, CancellationToken cancellationToken);

    /// <summary>Removes a volume for good. One that does not exist is a success. Faults: VolumeInUse.</summary>
    Task<Outcome<Done>> RemoveAsync(string volumeId, CancellationToken cancellationToken);
}

/// <summary>A writable volume on disk.</summary>
/// <param name="Id">Its id.</param>
/// <param name="SizeMib">What its user can write at most.</param>
/// <param name="Bytes">What it takes of the host's disk, snapshots included.</param>
/// <param name="Snapshots">Newest first.</param>
public sealed record VolumeFile(string Id, int SizeMib, long Bytes, IReadOnlyList<VolumeSnapshotFile> Snapshots);

/// <summary>A snapshot inside a volume.</summary>
/// <param name="Id">Its name: the moment it was taken, and the same order.</param>
/// <param name="TakenAt">When.</param>
public sealed record VolumeSnapshotFile(string Id, DateTimeOffset TakenAt);
