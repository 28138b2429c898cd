namespace Mayfly.Engine.Shipping;

/// <summary>Pages next to one another in a shipment, which counts those of all its files in order, zero pages left out.</summary>
/// <param name="First">Number of the first.</param>
/// <param name="Count">How many.</param>
public readonly record struct PageRange(int First, int Count);
