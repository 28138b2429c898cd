using Mayfly.Contracts;

namespace Mayfly.Engine.Shipping;

/// <summary>
/// The receiving end of shipments. Each answer says what it waits for. After anything broke off, mayflyd itself too, the same
/// <see cref="BeginAsync"/> goes on where it stopped; an offer of another content begins anew. One call at a time for each cargo; another meanwhile
/// is Busy. That a stream does not stand still for ever is its owner's care: it is read until it ends, fails or is cancelled.
/// </summary>
public interface ICargoReceiver
{
    /// <summary>
    /// Begins a shipment, or goes on with it. Faults: InvalidRequest for an offer that can not be, AlreadyExists when there is another image
    /// of that version or another package of that id, VolumeInUse while a machine has the volume, NotFound for a warm image without its golden one,
    /// HostDiskLow, HostMemoryLow, WarmImageForeign when the warm image is of no use here and is to be published here instead, Busy, and those of a
    /// host without QEMU.
    /// </summary>
    Task<Outcome<ShippingAnswer>> BeginAsync(ShippingOffer offer, ShippingPurpose purpose, CancellationToken cancellationToken);

    /// <summary>Takes the list of pages, and what this host has of them already. Faults: NotFound before a begin, InvalidRequest, HostDiskLow, Busy.</summary>
    Task<Outcome<ShippingAnswer>> ReadListAsync(Cargo cargo, Stream list, CancellationToken cancellationToken);

    /// <summary>Takes the pages last wanted. Those that came before a fault are kept. Faults: NotFound, InvalidRequest, HostDiskLow, Busy.</summary>
    Task<Outcome<ShippingAnswer>> ReadPagesAsync(Cargo cargo, Stream pages, CancellationToken cancellationToken);

    /// <summary>
    /// Verifies every file whole and puts it in place: as if it had been made here. An older volume is there until then, and the new one from then on.
    /// Faults: NotFound, InvalidRequest while pages are lacking, ImageFormatUnsupported, ImageHasExternalReference, WarmImageCorrupt, PackageInvalid,
    /// AlreadyExists, VolumeInUse, HostDiskLow, Busy. What is not what it should be is removed.
    /// </summary>
    Task<Outcome<ShippingAnswer>> CommitAsync(Cargo cargo, CancellationToken cancellationToken);

    /// <summary>Removes what came of a shipment; one that is not there is fine. Faults: Busy.</summary>
    Task<Outcome<Done>> AbandonAsync(Cargo cargo, CancellationToken cancellationToken);
}
