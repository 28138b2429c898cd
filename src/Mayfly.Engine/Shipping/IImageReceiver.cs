using Mayfly.Contracts;

namespace Mayfly.Engine.Shipping;

/// <summary>
/// The receiving end of shipments. Each answer says what it waits for. After anything broke off, mayflyd itself too, the same
/// <see cref="BeginAsync"/> goes on where it stopped. One call at a time for each version; another meanwhile is Busy. That a stream does not
/// stand still for ever is its owner's care: it is read until it ends, fails or is cancelled.
/// </summary>
public interface IImageReceiver
{
    /// <summary>
    /// Begins a shipment, or goes on with it. Faults: InvalidRequest for an offer that can not be, AlreadyExists when there is another image
    /// of that version, NotFound for a warm part without its golden one, HostDiskLow, HostMemoryLow, WarmImageForeign when the warm part is of no
    /// use here and is to be published here instead, Busy, and those of a host without QEMU.
    /// </summary>
    Task<Outcome<ShippingAnswer>> BeginAsync(ShippingOffer offer, ShippingPurpose purpose, CancellationToken cancellationToken);

    /// <summary>Takes the list of pages, and what this host has of them already. Faults: NotFound before a begin, InvalidRequest, HostDiskLow, Busy.</summary>
    Task<Outcome<ShippingAnswer>> ReadListAsync(ImageVersion image, Stream list, CancellationToken cancellationToken);

    /// <summary>Takes the pages last wanted. Those that came before a fault are kept. Faults: NotFound, InvalidRequest, HostDiskLow, Busy.</summary>
    Task<Outcome<ShippingAnswer>> ReadPagesAsync(ImageVersion image, Stream pages, CancellationToken cancellationToken);

    /// <summary>
    /// Verifies every file whole and puts the part in place: as if it had been made here. Faults: NotFound, InvalidRequest while pages are lacking,
    /// ImageFormatUnsupported, ImageHasExternalReference, WarmImageCorrupt, AlreadyExists, HostDiskLow, Busy. One that is not what it should be is removed.
    /// </summary>
    Task<Outcome<ShippingAnswer>> CommitAsync(ImageVersion image, CancellationToken cancellationToken);

    /// <summary>Removes what came of a shipment; one that is not there is fine. Faults: Busy.</summary>
    Task<Outcome<Done>> AbandonAsync(ImageVersion image, CancellationToken cancellationToken);
}
