using System.Text;
using System.Text.RegularExpressions;
using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Images;
using Mayfly.Engine.Publishing;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Shipping;

/// <summary>Warm images as cargo.</summary>
internal sealed partial class WarmCargo(EngineOptions options, DataDirectory data, ImageStore images, GoldenCargo golden, HostRuntimeSource runtime) : ICargoStore
{
    /// <inheritdoc/>
    public CargoKind Kind => CargoKind.Warm;

    /// <summary>The files of a warm image.</summary>
    public static CargoFiles Files(string directory)
    {
        var files = new WarmFiles(directory);
        string[] paths = [files.Memory, files.State, files.FrozenDisk, files.EmptyOverlay];
        return new CargoFiles(directory, [.. paths.Select(path => Path.GetFileName(path))], Path.GetFileName(files.Manifest));
    }

    /// <summary>Faults: NotFound, ImageFormatUnsupported, ImageNotPublished, WarmImageCorrupt.</summary>
    public async Task<Outcome<CargoFiles>> FindAsync(Cargo cargo, CancellationToken cancellationToken)
    {
        if ((await images.FindAsync(cargo.Image.Name, cargo.Image.Version, cancellationToken)).Fault is { } missing)
            return missing;
        var files = WarmFiles.Of(data, cargo.Image);
        return (await WarmImageLoader.ReadManifestAsync(cargo.Image, files, cancellationToken)).Fault is { } fault ? fault : Files(files.Directory);
    }

    /// <summary>What a guest has read of its disk is in its memory: the same as for a golden one.</summary>
    public Task<IReadOnlyList<CargoFiles>> AlikeAsync(Cargo cargo, CancellationToken cancellationToken) => golden.AlikeAsync(cargo, cancellationToken);

    /// <summary>Faults: InvalidRequest, WarmImageCorrupt.</summary>
    public Outcome<CheckedOffer> Check(ShippingOffer offer)
    {
        if (!WarmImageLoader.Parse(offer.Cargo.Image, offer.Manifest).TryGet(out var manifest, out var fault))
            return fault;
        long[] lengths = [manifest.Memory.Length, manifest.State.Length, manifest.FrozenDisk.Length, manifest.EmptyOverlay.Length];
        if (!Files("").AreOf(offer) || !offer.Files.Select(file => file.Length).SequenceEqual(lengths))
            return OfferCheck.Refused(offer.Cargo, "Its files are not those of its manifest.");
        return IsPossible(manifest.Shape) && manifest.Memory.Length == manifest.Shape.MemoryMib * 1024L * 1024L
            ? new CheckedOffer(offer) { Warm = manifest }
            : OfferCheck.Refused(offer.Cargo, "Its hardware is none that Mayfly makes.");
    }

    /// <summary>Faults: AlreadyExists, NotFound, WarmImageForeign, HostMemoryLow and those of a host without QEMU.</summary>
    public async Task<Outcome<bool>> IsHereAsync(CheckedOffer offer, ShippingPurpose purpose, CancellationToken cancellationToken)
    {
        var (id, offered) = (offer.Cargo.Image, offer.Warm!);
        if (!(await images.FindAsync(id.Name, id.Version, cancellationToken)).TryGet(out var parent, out var missing))
            return missing;
        var found = await WarmImageLoader.ReadManifestAsync(id, WarmFiles.Of(data, id), cancellationToken);
        if (found.TryGet(out var here, out var fault))
        {
            return (here.Memory, here.State, here.FrozenDisk, here.BaseDiskSha256) == (offered.Memory, offered.State, offered.FrozenDisk, offered.BaseDiskSha256) ? true : new Fault(
                ErrorCode.AlreadyExists, $"{id} is published here already, and not from the same parent.", "Machines may stand on what is there.", "Unpublish it here, or ship another version.");
        }

        if (fault.Code != ErrorCode.ImageNotPublished)
            return fault;
        return purpose == ShippingPurpose.Fork && await UseAsync(parent, offered, cancellationToken) is { } useless ? useless : false;
    }

    /// <summary>Faults: InvalidRequest, ImageFormatUnsupported, ImageHasExternalReference, WarmImageCorrupt, AlreadyExists, NotFound.</summary>
    public async Task<Fault?> CommitAsync(Arrival arrival, Task<Fault?> sound, CancellationToken cancellationToken)
    {
        var (id, manifest) = (arrival.Offer.Cargo.Image, arrival.Offer.Warm!);
        if (!(await images.FindAsync(id.Name, id.Version, cancellationToken)).TryGet(out var parent, out var missing))
            return missing;
        var files = new WarmFiles(arrival.Staging.Files);
        if (arrival.Purpose == ShippingPurpose.Keep)
            return await WarmImageLoader.CheckAsync(parent, files, manifest, cancellationToken) ?? await PlaceAsync(arrival, sound, cancellationToken);

        if (!(await runtime.GetAsync(cancellationToken)).TryGet(out var host, out var noHost))
            return noHost;
        if (!(await WarmImageLoader.LoadAsync(parent, files, manifest, cancellationToken)).TryGet(out var loaded, out var corrupt))
            return corrupt;
        SafeFileHandle? memory = loaded.Memory;
        try
        {
            if (await PlaceAsync(arrival, sound, cancellationToken) is { } notThere)
                return notThere;
            host.WarmImages.Add(loaded with { Files = host.WarmImages.FilesOf(id) });
            memory = null;
            return null;
        }
        finally
        {
            memory?.Dispose();
        }
    }

    /// <summary>The manifest comes last, and the directory appears whole.</summary>
    private async Task<Fault?> PlaceAsync(Arrival arrival, Task<Fault?> sound, CancellationToken cancellationToken)
    {
        if ((await sound ?? await arrival.CheckDisksAsync(cancellationToken)) is { } unsound)
            return unsound;
        var arrived = new WarmFiles(arrival.Staging.Files);
        var target = WarmFiles.Of(data, arrival.Offer.Cargo.Image).Directory;
        if (Directory.Exists(target))
            return new Fault(ErrorCode.AlreadyExists, $"{arrival.Offer.Cargo.Image} was published here meanwhile.");
        await KeptLists.KeepAsync(Files(arrived.Directory), arrival.List!, cancellationToken);
        await DurableFile.WriteAsync(arrived.Manifest, Encoding.UTF8.GetBytes(arrival.Offer.Offer.Manifest), cancellationToken);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        Directory.Move(arrived.Directory, target);
        DurableFile.FlushDirectory(Path.GetDirectoryName(target)!);
        return null;
    }

    private async Task<Fault?> UseAsync(GoldenImage parent, WarmManifest manifest, CancellationToken cancellationToken)
    {
        if (!(await runtime.GetAsync(cancellationToken)).TryGet(out var host, out var noHost))
            return noHost;
        if (await WarmImageStore.FitAsync(parent, manifest, host.Qemu, host.Accelerators, cancellationToken) is { } foreign)
            return foreign;
        var free = Admission.AvailableMemory() - options.MemoryReserveBytes;
        return free >= manifest.Memory.StoredBytes ? null : new Fault(
            ErrorCode.HostMemoryLow, $"This host has not enough free memory for {parent.Id}.",
            $"Its memory takes {manifest.Memory.StoredBytes >> 20} MiB; {Math.Max(0, free) >> 20} MiB are free above the reserve.", "Delete machines, or add memory.");
    }

    // What is said here becomes arguments of QEMU.
    private static bool IsPossible(MachineShape shape) =>
        shape is { Accelerator: "kvm" or "tcg", Cpus: >= 1 and <= 64, MemoryMib: >= 64 and <= 1 << 20, VideoMemoryMib: >= 1 and <= 256 }
        && shape.CpuModel == CpuModels.Of(shape.Accelerator) && MachineType().IsMatch(shape.MachineType);

    [GeneratedRegex(@"\Apc-q35-[0-9]{1,3}\.[0-9]{1,3}\z")]
    private static partial Regex MachineType();
}
