using Mayfly.Contracts;
using Mayfly.Engine.Volumes;

namespace Mayfly.Engine.Shipping;

/// <summary>
/// Writable volumes as cargo. The one that comes is always the newer one, and takes the place of the one that is here. None is touched that
/// a machine has.
/// </summary>
internal sealed class VolumeCargo(VolumeStore volumes, VolumeUse use) : ICargoStore
{
    /// <inheritdoc/>
    public CargoKind Kind => CargoKind.Volume;

    /// <summary>Faults: NotFound, VolumeInUse.</summary>
    public Task<Outcome<CargoFiles>> FindAsync(Cargo cargo, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<CargoFiles>>((use.FaultOf(cargo.Id) ?? volumes.Find(cargo.Id).Fault) is { } fault ? fault : Files(volumes.DirectoryOf(cargo.Id)));

    /// <summary>The same one as it was: of others nothing is taken, or whoever offers one could find out what is in them.</summary>
    public Task<IReadOnlyList<CargoFiles>> AlikeAsync(Cargo cargo, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CargoFiles>>([Files(volumes.DirectoryOf(cargo.Id))]);

    /// <inheritdoc/>
    public Outcome<CheckedOffer> Check(ShippingOffer offer) =>
        offer.Manifest.Length == 0 && Files("").AreOf(offer) ? new CheckedOffer(offer) : OfferCheck.Refused(offer.Cargo, "It has a manifest, or not the file of a volume.");

    /// <summary>Never. Faults: VolumeInUse.</summary>
    public Task<Outcome<bool>> IsHereAsync(CheckedOffer offer, ShippingPurpose purpose, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<bool>>(use.FaultOf(offer.Cargo.Id) is { } used ? used : false);

    /// <summary>Faults: InvalidRequest, ImageHasExternalReference, VolumeInUse.</summary>
    public async Task<Fault?> CommitAsync(Arrival arrival, Task<Fault?> sound, CancellationToken cancellationToken)
    {
        var id = arrival.Offer.Cargo.Id;
        if (await sound is { } unsound)
            return unsound;
        // One that is no use comes home all the same: there it can be restored.
        if (await arrival.CheckDisksAsync(cancellationToken) is { Code: ErrorCode.ImageHasExternalReference } external)
            return external;
        if (use.FaultOf(id) is { } used)
            return used;
        // Volumes may lie on another disk than what is arriving, and only where they lie is a rename one.
        using var staged = volumes.Stage();
        arrival.MoveTo(Files(staged.Directory));
        volumes.Replace(staged, id);
        return null;
    }

    private static CargoFiles Files(string directory) => new(directory, [Path.GetFileName(VolumeStore.FileIn(directory))]) { Changes = true };
}
