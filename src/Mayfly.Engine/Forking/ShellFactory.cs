using Mayfly.Contracts;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Networks;
using Mayfly.Engine.Publishing;
using Mayfly.Qmp;

namespace Mayfly.Engine.Forking;

/// <summary>Starts shells, and lets them go.</summary>
internal sealed class ShellFactory(DataDirectory data, QemuLauncher launcher, Admission admission, AddressSlots slots)
{
    /// <summary>
    /// Starts a QEMU on a warm image and sends ahead all that can be. On a fault nothing is left.
    /// Faults: HostMemoryLow, HostDiskLow, MachineStartFailed.
    /// </summary>
    public async Task<Outcome<Shell>> StartAsync(WarmImage image, CancellationToken cancellationToken)
    {
        if (admission.ForClone(image.Manifest.Shape.MemoryMib) is { } lack)
            return lack;
        var slot = slots.Take();
        var made = false;
        try
        {
            var started = await StartAsync(image, slot, cancellationToken);
            made = started.Fault is null;
            return started;
        }
        finally
        {
            if (!made)
                slots.Return(slot);
        }
    }

    /// <summary>Ends a shell that will not be used.</summary>
    public async Task DiscardAsync(Shell shell)
    {
        await shell.Machine.DestroyAsync();
        slots.Return(shell.Network);
    }

    private async Task<Outcome<Shell>> StartAsync(WarmImage image, AddressSlot slot, CancellationToken cancellationToken)
    {
        var uuid = Guid.NewGuid();
        if (!MakeDirectory(image, uuid).TryGet(out var directory, out var noRoom))
            return noRoom;
        var spec = new QemuSpec
        {
            Uuid = uuid,
            Shape = image.Manifest.Shape,
            Disk = image.DiskUnder(directory.Overlay),
            Network = slot,
            Role = new QemuRole.Shell(),
        };
        var launched = await launcher.StartAsync(spec, directory, image.Memory, cancellationToken);
        if (!launched.TryGet(out var machine, out var fault))
            return fault;
        try
        {
            using var state = File.OpenHandle(image.Files.State);
            await machine.Qmp.PrepareMigrationAsync(cancellationToken);
            await machine.Qmp.GetDescriptorAsync(QemuNames.StateDescriptor, state, cancellationToken);
            return new Shell(machine, uuid, image, slot);
        }
        catch (Exception error)
        {
            var words = directory.LastWords();
            await machine.DestroyAsync();
            if (error is not (QmpException or IOException))
                throw;
            return new Fault(ErrorCode.MachineStartFailed, $"A QEMU for {image.Id} did not get ready.", words ?? error.Message);
        }
    }

    private Outcome<MachineDirectory> MakeDirectory(WarmImage image, Guid uuid)
    {
        var directory = MachineDirectory.Create(data.Machines, uuid);
        try
        {
            // A copy of a ready-made empty overlay takes a fraction of a millisecond; making one, a process.
            File.Copy(image.Files.EmptyOverlay, directory.Overlay);
            return directory;
        }
        catch (IOException error)
        {
            directory.Remove();
            return new Fault(
                ErrorCode.MachineStartFailed, $"The disk of a clone of {image.Id} could not be made.", error.Message, $"Look for room on the disk of {data.Root}.");
        }
    }
}
