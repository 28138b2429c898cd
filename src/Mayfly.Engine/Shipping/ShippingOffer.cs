namespace Mayfly.Engine.Shipping;

/// <summary>What a sender has of one part of a version.</summary>
/// <param name="Image">The version.</param>
/// <param name="Part">Which part.</param>
/// <param name="Manifest">Text of the part's own manifest, <c>image.json</c> or <c>warm.json</c>.</param>
/// <param name="Files">All its other files.</param>
public sealed record ShippingOffer(ImageVersion Image, ShippingPart Part, string Manifest, IReadOnlyList<ShippedFile> Files)
{
    /// <summary>All pages that are not all zero.</summary>
    public long Pages() => Files.Sum(file => (long)file.Pages);
}
