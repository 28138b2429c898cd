namespace Mayfly.Engine.Shipping;

/// <summary>What a sender has.</summary>
/// <param name="Cargo">Of what.</param>
/// <param name="Manifest">Text of its own manifest, <c>image.json</c>, <c>warm.json</c> or <c>manifest.json</c>; empty for a volume.</param>
/// <param name="Files">All its other files.</param>
/// <param name="Digest">Of the list of its pages. What is offered anew with another content, even one as long, has another.</param>
public sealed record ShippingOffer(Cargo Cargo, string Manifest, IReadOnlyList<ShippedFile> Files, string Digest)
{
    /// <summary>All pages that are not all zero.</summary>
    public long Pages() => Files.Sum(file => (long)file.Pages);
}
