using Mayfly.Contracts;
using Mayfly.Engine;
using Mayfly.Engine.Shipping;

namespace Mayfly.Remote.Wire;

/// <summary>What is asked of a host about images.</summary>
internal static class ImageCalls
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(60);
    // Hashing an image of tens of gigabytes.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(30);

    public static readonly LongHostCall<ImageVersion, ProgressTold, ImageAnswer> Publish = new("images/publish");
    public static readonly LongHostCall<PublishMachineAsked, ProgressTold, ImageAnswer> PublishMachine = new("images/publish-machine");
    public static readonly HostCall<ImageVersion, Done> Unpublish = new("images/unpublish", Short);

    public static readonly HostCall<PartAsked, ShippingOffer> Offer = new("shipping/offer", Long);
    public static readonly HostCall<OfferTold, ShippingAnswer> Begin = new("shipping/begin", Long);
    public static readonly HostCall<ImageVersion, ShippingAnswer> Commit = new("shipping/commit", Long);
    public static readonly HostCall<ImageVersion, Done> Abandon = new("shipping/abandon", Short);

    /// <summary>Paths of bytes: a version, and for what is sent by the host its part, in the query; the pages wanted in a header.</summary>
    public const string TakeList = "shipping/take-list", TakePages = "shipping/take-pages", GiveList = "shipping/give-list", GivePages = "shipping/give-pages";
}

internal sealed record ProgressTold(string Step, double Percent);

internal sealed record ImageAnswer(ImageVersion Image);

internal sealed record PublishMachineAsked(string MachineId, string Name);

internal sealed record PartAsked(ImageVersion Image, ShippingPart Part);

internal sealed record OfferTold(ShippingOffer Offer, ShippingPurpose Purpose);
