using Mayfly.Contracts;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Publishing;

namespace Mayfly.Engine.Shipping;

/// <summary>Tells, before anything is sent, whether this host has, can use and has room for what is offered.</summary>
internal sealed class ArrivalCheck(EngineOptions options, DataDirectory data, ImageStore images, HostRuntimeSource runtime)
{
    /// <summary>True when it is here already. Faults: AlreadyExists, NotFound, WarmImageForeign, HostMemoryLow and those of a host without QEMU.</summary>
    public async Task<Outcome<bool>> IsHereAsync(CheckedOffer offer, ShippingPurpose purpose, CancellationToken cancellationToken)
    {
        var found = await images.FindAsync(offer.Id.Name, offer.Id.Version, cancellationToken);
        if (offer.Golden is { } manifest)
            return found.Fault is { } fault ? fault.Code == ErrorCode.NotFound ? false : fault : IsHere(offer.Id, found.Value.Manifest.Disk, manifest.Disk);
        if (!found.TryGet(out var golden, out var missing))
            return missing;
        var warm = await WarmImageLoader.ReadManifestAsync(offer.Id, WarmFiles.Of(data, offer.Id), cancellationToken);
        if (warm.Fault is null)
            return IsSame(warm.Value, offer.Warm!) ? true : Other($"{offer.Id} is published here already, and not from the same parent.");
        if (warm.Fault.Code != ErrorCode.ImageNotPublished)
            return warm.Fault;
        return purpose == ShippingPurpose.Fork && await UseAsync(golden, offer.Warm!, cancellationToken) is { } useless ? useless : false;
    }

    /// <summary>Null when there is room for what has not come yet. Faults: HostDiskLow.</summary>
    public Fault? Room(CheckedOffer offer, Staging staging) => DiskSpace.Require(
        data.Root, Math.Max(0, offer.Bytes - staging.StoredBytes()) + options.DiskReserveBytes, $"take in {offer.Id}");

    private static Outcome<bool> IsHere(ImageVersion id, ImageDisk here, ImageDisk offered) =>
        (here.File, here.Sha256) == (offered.File, offered.Sha256) && here.Layers.SequenceEqual(offered.Layers)
            ? true
            : Other($"{id} is here already, with another disk.");

    private static bool IsSame(WarmManifest here, WarmManifest offered) =>
        (here.Memory, here.State, here.FrozenDisk, here.BaseDiskSha256) == (offered.Memory, offered.State, offered.FrozenDisk, offered.BaseDiskSha256);

    private static Fault Other(string what) => new(ErrorCode.AlreadyExists, what, "Machines may stand on what is there.", "Unpublish it here, or ship another version.");

    private async Task<Fault?> UseAsync(GoldenImage golden, WarmManifest manifest, CancellationToken cancellationToken)
    {
        if (!(await runtime.GetAsync(cancellationToken)).TryGet(out var host, out var noHost))
            return noHost;
        if (await WarmImageStore.FitAsync(golden, manifest, host.Qemu, host.Accelerators, cancellationToken) is { } foreign)
            return foreign;
        var free = Admission.AvailableMemory() - options.MemoryReserveBytes;
        return free >= manifest.Memory.StoredBytes ? null : new Fault(
            ErrorCode.HostMemoryLow, $"This host has not enough free memory for {golden.Id}.",
            $"Its memory takes {manifest.Memory.StoredBytes >> 20} MiB; {Math.Max(0, free) >> 20} MiB are free above the reserve.", "Delete machines, or add memory.");
    }
}
