using System.Net.Sockets;
using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Guests;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Measuring;
using Mayfly.Engine.Networks;
using Mayfly.Engine.Publishing;
using Mayfly.Qmp;

namespace Mayfly.Engine.Forking;

/// <summary>Starts shells, and lets them go.</summary>
internal sealed class ShellFactory(DataDirectory data, QemuLauncher launcher, Admission admission, AddressSlots slots)
{
    /// <summary>
    /// Starts a QEMU on a warm image and sends ahead all that can be. On a fault nothing is left.
    /// Faults: HostMemoryLow, HostDiskLow, WarmImageCorrupt, MachineStartFailed.
    /// </summary>
    /// <param name="image">What to become a clone of.</param>
    /// <param name="keep">True for a clone whose disk outlives it.</param>
    /// <param name="cancellationToken">Ends what was started.</param>
    public async Task<Outcome<Shell>> StartAsync(WarmImage image, bool keep, CancellationToken cancellationToken)
    {
        if (!admission.ForClone(image.Manifest.Shape.MemoryMib).TryGet(out var room, out var lack))
            return lack;
        var slot = slots.Take();
        var made = false;
        try
        {
            var started = await StartAsync(image, slot, keep, room, cancellationToken);
            made = started.Fault is null;
            return started;
        }
        finally
        {
            if (!made)
            {
                slots.Return(slot);
                room.Dispose();
            }
        }
    }

    /// <summary>Ends a shell that will not be used.</summary>
    public async Task DiscardAsync(Shell shell)
    {
        try
        {
            await shell.Agent.DisposeAsync();
            await shell.Machine.DestroyAsync();
        }
        finally
        {
            // Its process has ended, whatever of its directory could not be removed.
            slots.Return(shell.Network);
            shell.Room.Dispose();
        }
    }

    private async Task<Outcome<Shell>> StartAsync(WarmImage image, AddressSlot slot, bool keep, Reservation room, CancellationToken cancellationToken)
    {
        using var step = ForkTrace.Step("start-shell");
        var uuid = Guid.NewGuid();
        if (!MakeDirectory(image, uuid, keep).TryGet(out var directory, out var noRoom))
            return noRoom;
        var spec = new QemuSpec
        {
            Uuid = uuid,
            Shape = image.Manifest.Shape,
            Disk = image.DiskUnder(directory.Overlay) with { Durable = keep },
            Network = slot,
            Role = new QemuRole.Shell(),
        };
        var launched = await launcher.StartAsync(spec, directory, image.Memory, cancellationToken);
        if (!launched.TryGet(out var machine, out var fault))
            return WarmImageLoader.MissingFile(image) ?? fault;
        try
        {
            return new Shell(machine, uuid, image, await SendAheadAsync(machine, image, cancellationToken), slot, room);
        }
        catch (Exception error)
        {
            var words = directory.LastWords();
            await machine.DestroyAsync();
            if (error is not (QmpException or IOException or SocketException))
                throw;
            return WarmImageLoader.MissingFile(image)
                ?? new Fault(ErrorCode.MachineStartFailed, $"A QEMU for {image.Id} did not get ready.", words ?? error.Message);
        }
    }

    /// <summary>All that can be told a QEMU before there is a guest.</summary>
    private static async Task<AgentConnection> SendAheadAsync(QemuMachine machine, WarmImage image, CancellationToken cancellationToken)
    {
        using var step = ForkTrace.Step("send-state");
        using var state = File.OpenHandle(image.Files.State);
        await machine.Qmp.PrepareMigrationAsync(cancellationToken);
        await machine.Qmp.AnnounceNothingAsync(cancellationToken);
        await machine.Qmp.GetDescriptorAsync(QemuNames.StateDescriptor, state, cancellationToken);
        return await machine.ConnectAgentAsync(cancellationToken);
    }

    private Outcome<MachineDirectory> MakeDirectory(WarmImage image, Guid uuid, bool keep)
    {
        MachineDirectory? directory = null;
        using var step = ForkTrace.Step("make-disk");
        try
        {
            directory = MachineDirectory.Create(data.Machines, uuid);
            // A copy of a ready-made empty overlay takes a fraction of a millisecond; making one, a process.
            File.Copy(image.Files.EmptyOverlay, directory.Overlay);
            if (keep)
                DurableFile.Flush(directory.Overlay);
            return directory;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            directory?.Remove();
            var what = $"The disk of a clone of {image.Id} could not be made.";
            return DiskFault.When(error, what, data.Root) ?? WarmImageLoader.MissingFile(image)
                ?? new Fault(ErrorCode.MachineStartFailed, what, error.Message, $"Look at the rights and the disk of {data.Root}.");
        }
    }
}
