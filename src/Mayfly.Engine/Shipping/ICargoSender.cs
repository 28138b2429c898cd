using Mayfly.Contracts;

namespace Mayfly.Engine.Shipping;

/// <summary>The sending end of shipments. It holds nothing between calls.</summary>
public interface ICargoSender
{
    /// <summary>
    /// Tells what there is. The first time its files are read and hashed, a volume's each time. Faults: NotFound, VolumeInUse while a machine has
    /// the volume, ImageFormatUnsupported, ImageNotPublished, WarmImageCorrupt, HostDiskLow.
    /// </summary>
    Task<Outcome<ShippingOffer>> OfferAsync(Cargo cargo, CancellationToken cancellationToken);

    /// <summary>Writes the list of its pages. Faults: as of an offer; what was written until then is worthless.</summary>
    Task<Outcome<Done>> WriteListAsync(Cargo cargo, Stream target, CancellationToken cancellationToken);

    /// <summary>Writes pages, compressed. Faults: as of an offer, and InvalidRequest; what was written until then is an incomplete batch.</summary>
    Task<Outcome<Done>> WritePagesAsync(Cargo cargo, IReadOnlyList<PageRange> pages, Stream target, CancellationToken cancellationToken);
}
