namespace Mayfly.Engine.Shipping;

/// <summary>Where a shipment stands at its receiver.</summary>
/// <param name="Next">What it waits for.</param>
/// <param name="Wanted">The pages to send next, in this order; none unless it waits for pages.</param>
/// <param name="PagesLeft">Pages still to be sent, those among them.</param>
public sealed record ShippingAnswer(ShippingStep Next, IReadOnlyList<PageRange> Wanted, long PagesLeft)
{
    /// <summary>An answer that wants no pages.</summary>
    internal static ShippingAnswer Of(ShippingStep next) => new(next, [], 0);
}
