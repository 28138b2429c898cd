using Mayfly.Contracts;
using Mayfly.Engine.Shipping;

namespace Mayfly.Remote.Wire;

/// <summary>What is asked of a host about shipments.</summary>
internal static class ShippingCalls
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(60);
    // Hashing an image of tens of gigabytes.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(30);

    public static readonly HostCall<Cargo, ShippingOffer> Offer = new("shipping/offer", Long);
    public static readonly HostCall<OfferTold, ShippingAnswer> Begin = new("shipping/begin", Long);
    public static readonly HostCall<Cargo, ShippingAnswer> Commit = new("shipping/commit", Long);
    public static readonly HostCall<Cargo, Done> Abandon = new("shipping/abandon", Short);

    /// <summary>Paths of bytes: of what, in the query; the pages wanted in the body.</summary>
    public const string TakeList = "shipping/take-list", TakePages = "shipping/take-pages", GiveList = "shipping/give-list", GivePages = "shipping/give-pages";
}

internal sealed record OfferTold(ShippingOffer Offer, ShippingPurpose Purpose);
