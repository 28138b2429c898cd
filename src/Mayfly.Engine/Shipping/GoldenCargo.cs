using Mayfly.Contracts;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Publishing;

namespace Mayfly.Engine.Shipping;

/// <summary>Golden images as cargo.</summary>
internal sealed class GoldenCargo(DataDirectory data, ImageStore images) : ICargoStore
{
    /// <inheritdoc/>
    public CargoKind Kind => CargoKind.Golden;

    /// <summary>The files of a golden image.</summary>
    public static CargoFiles Files(string directory, ImageManifest manifest) => new(
        directory,
        [manifest.Disk.File, .. manifest.Disk.Layers, .. manifest.Boot is { } boot ? (string[])[boot.Kernel, boot.Initrd] : []],
        ImageManifestFile.Name);

    /// <inheritdoc/>
    public async Task<Outcome<CargoFiles>> FindAsync(Cargo cargo, CancellationToken cancellationToken) =>
        (await images.FindAsync(cargo.Image.Name, cargo.Image.Version, cancellationToken)).TryGet(out var golden, out var missing)
            ? Files(golden.Directory, golden.Manifest)
            : missing;

    /// <summary>Golden and warm images of that version, then of its image from the newest, then all others.</summary>
    public async Task<IReadOnlyList<CargoFiles>> AlikeAsync(Cargo cargo, CancellationToken cancellationToken)
    {
        var catalog = await images.ListAsync(cancellationToken);
        var ordered = catalog.Images
            .OrderByDescending(golden => golden.Id == cargo.Image)
            .ThenByDescending(golden => golden.Id.Name == cargo.Image.Name)
            .ThenByDescending(golden => golden.Manifest.CreatedAt);
        return [.. ordered.SelectMany(golden => (CargoFiles[])[Files(golden.Directory, golden.Manifest), WarmCargo.Files(WarmFiles.Of(data, golden.Id).Directory)])];
    }

    /// <summary>Faults: InvalidRequest, ImageFormatUnsupported.</summary>
    public Outcome<CheckedOffer> Check(ShippingOffer offer)
    {
        if (!ImageManifestFile.Parse(offer.Manifest, offer.Cargo.Image).TryGet(out var manifest, out var fault))
            return fault;
        return Files("", manifest).AreOf(offer) ? new CheckedOffer(offer) { Golden = manifest } : OfferCheck.Refused(offer.Cargo, "Its files are not those of its manifest.");
    }

    /// <inheritdoc/>
    public async Task<Outcome<bool>> IsHereAsync(CheckedOffer offer, ShippingPurpose purpose, CancellationToken cancellationToken)
    {
        var found = await images.FindAsync(offer.Cargo.Image.Name, offer.Cargo.Image.Version, cancellationToken);
        if (found.Fault is { } fault)
            return fault.Code == ErrorCode.NotFound ? false : fault;
        var (here, offered) = (found.Value.Manifest.Disk, offer.Golden!.Disk);
        return (here.File, here.Sha256) == (offered.File, offered.Sha256) && here.Layers.SequenceEqual(offered.Layers) ? true : new Fault(
            ErrorCode.AlreadyExists, $"{offer.Cargo.Image} is here already, with another disk.", "Machines may stand on what is there.", "Unpublish it here, or ship another version.");
    }

    /// <summary>Faults: InvalidRequest, ImageFormatUnsupported, ImageHasExternalReference, AlreadyExists.</summary>
    public async Task<Fault?> CommitAsync(Arrival arrival, Task<Fault?> sound, CancellationToken cancellationToken)
    {
        var (id, manifest) = (arrival.Offer.Cargo.Image, arrival.Offer.Golden!);
        var disk = FileHash.Sha256Async(Path.Combine(arrival.Staging.Files, manifest.Disk.File), cancellationToken);
        if ((await sound ?? await arrival.CheckDisksAsync(cancellationToken)) is { } unsound)
            return unsound;
        if (await disk != manifest.Disk.Sha256)
            return new Fault(ErrorCode.ImageFormatUnsupported, $"The disk of {id} that came is not the one of its manifest.", "Its hash is another.", "Ship it again, or build it again.");

        using var staged = images.Stage(id.Name);
        var files = Files(staged.Directory, manifest);
        arrival.MoveTo(files);
        await KeptLists.KeepAsync(files, arrival.List!, cancellationToken);
        return (await images.CommitAsync(staged, id, manifest, CancellationToken.None)).Fault;
    }
}
