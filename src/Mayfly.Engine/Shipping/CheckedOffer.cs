using Mayfly.Engine.Images;
using Mayfly.Engine.Publishing;

namespace Mayfly.Engine.Shipping;

/// <summary>An offer that is what it should be.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="Golden">Its manifest, of a golden part.</param>
/// <param name="Warm">Its manifest, of a warm part.</param>
internal sealed record CheckedOffer(ShippingOffer Offer, ImageManifest? Golden, WarmManifest? Warm)
{
    public ImageVersion Id => Offer.Image;

    /// <summary>Bytes of its pages.</summary>
    public long Bytes => Offer.Pages() * PageHash.PageBytes;
}
