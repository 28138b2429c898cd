using Mayfly.Contracts;

namespace Mayfly.Engine.Shipping;

/// <summary>The sending end of shipments. It holds nothing between calls.</summary>
public interface IImageSender
{
    /// <summary>
    /// Tells what there is of a part. The first time its files are read and hashed. Faults: NotFound, ImageFormatUnsupported, ImageNotPublished,
    /// WarmImageCorrupt, HostDiskLow.
    /// </summary>
    Task<Outcome<ShippingOffer>> OfferAsync(ImageVersion image, ShippingPart part, CancellationToken cancellationToken);

    /// <summary>Writes the list of a part's pages. Faults: as of an offer; what was written until then is worthless.</summary>
    Task<Outcome<Done>> WriteListAsync(ImageVersion image, ShippingPart part, Stream target, CancellationToken cancellationToken);

    /// <summary>Writes pages, compressed. Faults: as of an offer, and InvalidRequest; what was written until then is an incomplete batch.</summary>
    Task<Outcome<Done>> WritePagesAsync(ImageVersion image, ShippingPart part, IReadOnlyList<PageRange> pages, Stream target, CancellationToken cancellationToken);
}
