using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Images;
using Mayfly.Engine.Networks;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Publishing;

/// <summary>
/// Step 2 of the main path. Turns one version of a golden image into a warm image:
/// (1) boot the parent with its memory in a memfd; (2) wait until the desktop is drawn and quiet; (3) pull the network cable and cleanse;
/// (4) save the device state, which stops the guest for good, and end the process; (5) seal the memory and write it down with its hashes.
/// </summary>
internal sealed class Publisher(
    EngineOptions options, DataDirectory data, QemuLauncher launcher, ShapeMaker shapes, Admission admission, OverlayMaker overlays, TimeProvider time)
{
    /// <summary>
    /// Publishes into <paramref name="files"/>, whose directory must not exist yet; it appears whole or not at all.
    /// Faults: PublishFailed and those of its parts.
    /// </summary>
    public async Task<Outcome<WarmImage>> PublishAsync(
        GoldenImage golden, WarmFiles files, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        if (!admission.ForPublish(golden.Manifest.Hardware.MemoryMib).TryGet(out var room, out var lack))
            return lack;
        using var promised = room;
        progress.Report(new StepProgress("Choosing the accelerator", 0));
        var shape = await shapes.MakeAsync(golden, cancellationToken);
        return shape.Fault is { } unavailable ? unavailable : await InStagingAsync(golden, files, shape.Value, progress, cancellationToken);
    }

    private async Task<Outcome<WarmImage>> InStagingAsync(
        GoldenImage golden, WarmFiles files, MachineShape shape, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var staging = new WarmFiles(files.Directory + WarmFiles.StagingSuffix);
        RemoveDirectory(staging.Directory);
        var memory = GuestMemory.Create(shape.MemoryMib * 1024L * 1024L);
        var published = false;
        try
        {
            Directory.CreateDirectory(staging.Directory);
            var manifest = await FreezeAsync(golden, staging, shape, memory, progress, cancellationToken);
            if (manifest.Fault is { } fault)
                return fault;
            Directory.Move(staging.Directory, files.Directory);
            published = true;
            return new WarmImage(golden.Id, golden, files, manifest.Value, memory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var what = $"{golden.Id} could not be published: its files could not be written.";
            return DiskFault.When(error, what, data.Root) ?? new Fault(ErrorCode.PublishFailed, what, error.Message, $"Look at the rights and the disk of {data.Root}.");
        }
        finally
        {
            if (!published)
                memory.Dispose();
            RemoveDirectory(staging.Directory);
        }
    }

    private async Task<Outcome<WarmManifest>> FreezeAsync(
        GoldenImage golden, WarmFiles staging, MachineShape shape, SafeFileHandle memory, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var disk = golden.Manifest.Disk;
        if (await overlays.CreateAsync(staging.FrozenDisk, disk.VirtualBytes, cancellationToken) is { Fault: { } noFrozenDisk })
            return noFrozenDisk;
        if (await overlays.CreateAsync(staging.EmptyOverlay, disk.VirtualBytes, cancellationToken) is { Fault: { } noOverlay })
            return noOverlay;
        var baseHash = GoldenDiskHash.OfAsync(golden, cancellationToken);
        var writer = new WarmWriter(staging, time);
        var frozen = await FreezeParentAsync(golden, staging, shape, memory, progress, writer, cancellationToken);
        if (frozen is { } unfrozen)
            return unfrozen with
            {
                Code = unfrozen.Code == ErrorCode.HostDiskLow ? ErrorCode.HostDiskLow : ErrorCode.PublishFailed,
                What = $"{golden.Id} could not be published: {unfrozen.What}",
            };
        progress.Report(new StepProgress("Writing memory and hashes", 93));
        return await writer.WriteAsync(shape, launcher.Qemu, memory, await baseHash, cancellationToken);
    }

    /// <summary>Steps 1 to 4. Null when the parent is frozen and gone.</summary>
    private async Task<Fault?> FreezeParentAsync(
        GoldenImage golden, WarmFiles staging, MachineShape shape, SafeFileHandle memory, IProgress<StepProgress> progress, WarmWriter writer,
        CancellationToken cancellationToken)
    {
        progress.Report(new StepProgress("Booting the parent", 2));
        writer.MarkStart();
        var spec = SpecOf(golden, staging, shape);
        var launched = await launcher.StartAsync(spec, MachineDirectory.Create(data.Machines, spec.Uuid), memory, cancellationToken);
        if (!launched.TryGet(out var machine, out var notStarted))
            return notStarted;
        await using var parent = await Parent.AttachAsync(machine, options, time, cancellationToken);
        if (await parent.AnswerAsync(cancellationToken) is { } silent)
            return silent;
        writer.Os = parent.Os;
        progress.Report(new StepProgress("Waiting for a drawn, quiet desktop", 60));
        if (await parent.SettleAsync(golden.Manifest.Settle, cancellationToken) is { } unsettled)
            return unsettled;
        writer.MarkDrawn();
        progress.Report(new StepProgress("Freezing", 90));
        return await parent.FreezeAsync(staging.State, cancellationToken);
    }

    private static QemuSpec SpecOf(GoldenImage golden, WarmFiles staging, MachineShape shape) => new()
    {
        Uuid = Guid.NewGuid(),
        Shape = shape,
        Disk = new DiskChain(WarmImage.Below(staging, golden)),
        // No clone gets the last slot, and two parents never meet: each has a network of its own.
        Network = new AddressSlot(AddressSlot.Count - 1),
        Role = new QemuRole.Parent(KernelBoot.Of(golden)),
    };

    private static void RemoveDirectory(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}
