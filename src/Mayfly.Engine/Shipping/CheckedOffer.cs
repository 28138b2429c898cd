using Mayfly.Engine.Images;
using Mayfly.Engine.Publishing;

namespace Mayfly.Engine.Shipping;

/// <summary>An offer that is what it should be.</summary>
/// <param name="Offer">The offer.</param>
internal sealed record CheckedOffer(ShippingOffer Offer)
{
    public Cargo Cargo => Offer.Cargo;

    /// <summary>Manifest of a golden image.</summary>
    public ImageManifest? Golden { get; init; }

    /// <summary>Manifest of a warm image.</summary>
    public WarmManifest? Warm { get; init; }

    /// <summary>Manifest of a package.</summary>
    public PackageManifest? Package { get; init; }

    /// <summary>Bytes of its pages.</summary>
    public long Bytes => Offer.Pages() * PageHash.PageBytes;
}
