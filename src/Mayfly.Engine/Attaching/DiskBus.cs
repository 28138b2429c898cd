using Mayfly.Contracts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Qmp;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Attaching;

/// <summary>
/// The bus of one machine that packages and volumes are plugged into. What is plugged in, QEMU knows alone. The files are opened here and
/// handed over: QEMU has no right to any path.
/// </summary>
internal sealed class DiskBus(QmpClient qmp)
{
    /// <summary>What is plugged in; null when the machine has no such bus.</summary>
    /// <exception cref="QmpException">QEMU does not answer.</exception>
    public async Task<IReadOnlyList<AttachedDisk>?> ListAsync(CancellationToken cancellationToken)
    {
        var devices = await qmp.ListDevicesAsync(cancellationToken);
        return devices.Contains(QemuNames.AttachBus) ? [.. devices.Order(StringComparer.Ordinal).Select(AttachedDisk.Of).OfType<AttachedDisk>()] : null;
    }

    /// <summary>Plugs a disk in; null when it is. On a fault nothing of it is left. Faults: NotFound, VolumeInUse, AttachFailed, VolumeUnusable.</summary>
    /// <exception cref="QmpException">QEMU does not answer.</exception>
    public async Task<Fault?> PlugAsync(AttachedDisk disk, CancellationToken cancellationToken)
    {
        if (!Open(disk).TryGet(out var file, out var fault))
            return fault;
        var plugged = false;
        try
        {
            using (file)
            {
                var set = await qmp.AddDescriptorAsync(file, disk.Device, cancellationToken);
                await qmp.AddNodeAsync(disk.ToNode(set), cancellationToken);
            }

            await qmp.AddDiskAsync(disk.Device, $"{QemuNames.AttachBus}.0", disk.Node, disk.Serial, cancellationToken);
            plugged = true;
            return null;
        }
        catch (QmpException error) when (error.Failure == QmpFailure.CommandRefused)
        {
            if (disk.IsWritable && Open(disk) is { Fault: { Code: ErrorCode.VolumeInUse } taken })
                return taken;
            return disk.IsWritable
                ? new Fault(ErrorCode.VolumeUnusable, $"The volume {disk.Serial} could not be opened.", error.Message, "Restore one of its snapshots.")
                : new Fault(ErrorCode.AttachFailed, $"The disk {disk.Serial} could not be plugged in.", error.Message);
        }
        finally
        {
            // Not cancelled: what was begun must not stay half.
            if (!plugged)
                await UnplugAsync(disk, CancellationToken.None);
        }
    }

    /// <summary>Pulls a disk, and what may be left of one that was plugged in by half. Needs no consent of the guest.</summary>
    /// <exception cref="QmpException">QEMU does not answer.</exception>
    public async Task UnplugAsync(AttachedDisk disk, CancellationToken cancellationToken)
    {
        if (await qmp.HasDeviceAsync(disk.Device, cancellationToken))
            await qmp.RemoveDeviceAsync(disk.Device, cancellationToken);
        if (await qmp.HasNodeAsync(disk.Node, cancellationToken))
            await qmp.RemoveNodeAsync(disk.Node, cancellationToken);
        foreach (var set in await qmp.FindDescriptorsAsync(disk.Device, cancellationToken))
            await qmp.RemoveDescriptorAsync(set, cancellationToken);
    }

    private static Outcome<SafeFileHandle> Open(AttachedDisk disk)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(disk.Path, FileMode.Open, disk.OpenForWriting ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (!disk.IsWritable || !FileLocks.IsLocked(file))
                return file;
            file.Dispose();
            return new Fault(ErrorCode.VolumeInUse, $"The volume {disk.Serial} is in use.", "A machine or another operation has its file open.", "Try again when that has ended.");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Fault(ErrorCode.NotFound, $"There is no {(disk.IsWritable ? "volume" : "package")} {disk.Serial} on this host.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            return new Fault(ErrorCode.AttachFailed, $"The file of {disk.Serial} could not be opened.", error.Message, "Look at its rights and at the disk it is on.");
        }
    }
}
