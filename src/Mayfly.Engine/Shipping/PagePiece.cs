namespace Mayfly.Engine.Shipping;

/// <summary>A part of a span, with the numbers of its pages in the shipment.</summary>
/// <param name="First">Number of the first in the shipment.</param>
/// <param name="Span">Where they lie.</param>
internal readonly record struct PagePiece(int First, PageSpan Span);
