using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Forking;
using Mayfly.Engine.Guests;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Images;
using Mayfly.Engine.Networks;

namespace Mayfly.Engine.Booting;

/// <summary>
/// Machines that boot instead of being forked: new linked and full ones, which need a golden image and no warm one, and kept ones of any
/// kind that were off. Decides what is booted; <see cref="ColdBoot"/> does it.
/// </summary>
internal sealed class Booter(
    DataDirectory data, ImageStore images, ShapeMaker shapes, Admission admission, AddressSlots slots, BootDisks disks, ColdBoot boot)
{
    /// <summary>
    /// Makes a linked or full machine. On a fault nothing is left. Faults: NotFound, ImageFormatUnsupported, AcceleratorUnavailable,
    /// HostMemoryLow, HostDiskLow, ToolMissing and those of <see cref="ColdBoot.RunAsync"/>.
    /// </summary>
    public async Task<Outcome<Machine>> MakeAsync(ProvisionRequest request, Action<Machine> onProgress, CancellationToken cancellationToken)
    {
        var found = await FindAsync(request.Image, golden => BootDisks.CopyBytes(request.Kind, golden), cancellationToken);
        if (found.Fault is { } unfit)
            return unfit;
        var (golden, shape, room) = found.Value;
        using var promised = room;
        var uuid = Guid.NewGuid();
        var slot = slots.Take();
        var directory = MachineDirectory.Of(data.Machines, uuid);
        var made = false;
        try
        {
            if (await disks.MakeAsync(request, golden, directory, cancellationToken) is { } noDisk)
                return noDisk;
            var chain = disks.Chain(request.Kind, golden, directory) with { Durable = request.Keep };
            var plan = NewPlan(request, new BareMachine(golden, shape, directory, chain, uuid, slot));
            var booted = await boot.RunAsync(plan, onProgress, cancellationToken);
            made = booted.Fault is null;
            return booted;
        }
        finally
        {
            if (!made)
                Discard(directory, slot);
        }
    }

    /// <summary>
    /// Boots a kept machine from its own disk. On a fault it is off as before. Faults: as <see cref="MakeAsync"/>.
    /// </summary>
    public async Task<Outcome<Machine>> StartAsync(MachineRecord record, Action<Machine> onProgress, CancellationToken cancellationToken)
    {
        var found = await FindAsync(record.Image, _ => 0, cancellationToken);
        if (found.Fault is { } unfit)
            return unfit;
        var (golden, shape, room) = found.Value;
        using var promised = room;
        var directory = MachineDirectory.Of(data.Machines, record.Uuid);
        var chain = disks.Chain(record.Kind, golden, directory) with { Durable = true };
        if (chain.Files.FirstOrDefault(file => !File.Exists(file.Path)) is { } missing)
            return new Fault(
                ErrorCode.MachineStartFailed, $"A part of the disk of {record.Hostname} is missing.", $"There is no {missing.Path}.", "Restore that file, or delete the machine.");
        if (await ClearForStartAsync(record, directory, cancellationToken) is { } notCleared)
            return notCleared;
        var plan = new BootPlan(new BareMachine(golden, shape, directory, chain, record.Uuid, new AddressSlot(record.NetworkSlot)))
        {
            MachineId = record.MachineId,
            Hostname = record.Hostname,
            Kind = record.Kind,
            Network = record.Network,
            Keep = true,
            Kept = record.Kept,
        };
        return await boot.RunAsync(plan, onProgress, cancellationToken);
    }

    private static async Task<Fault?> ClearForStartAsync(MachineRecord record, MachineDirectory directory, CancellationToken cancellationToken)
    {
        try
        {
            directory.RemoveTraces();
            // A mayflyd that is killed during the boot must not leave a machine that the next one takes for READY.
            await (record with { Ready = false }).WriteAsync(directory, cancellationToken);
            return null;
        }
        catch (IOException error)
        {
            var what = $"{record.Hostname} could not be started.";
            return DiskFault.When(error, what, directory.Path) ?? new Fault(ErrorCode.MachineStartFailed, what, error.Message);
        }
    }

    private static BootPlan NewPlan(ProvisionRequest request, BareMachine bare) => new(bare)
    {
        MachineId = request.MachineId,
        Hostname = request.Hostname,
        Kind = request.Kind,
        Network = bare.Slot.ToIdentity(request.Mac ?? IdentityMaker.RandomMac()),
        Keep = request.Keep,
        PostSync = request.PostSync,
    };

    private async Task<Outcome<(GoldenImage Golden, MachineShape Shape, Reservation Room)>> FindAsync(
        ImageVersion image, Func<GoldenImage, long> copyBytes, CancellationToken cancellationToken)
    {
        var golden = await images.FindAsync(image.Name, image.Version, cancellationToken);
        if (golden.Fault is { } noImage)
            return noImage;
        var shape = await shapes.MakeAsync(golden.Value, cancellationToken);
        if (shape.Fault is { } noShape)
            return noShape;
        return admission.ForBoot(shape.Value.MemoryMib, copyBytes(golden.Value)).TryGet(out var room, out var lack) ? (golden.Value, shape.Value, room) : lack;
    }

    private void Discard(MachineDirectory directory, AddressSlot slot)
    {
        directory.Remove();
        slots.Return(slot);
    }
}
