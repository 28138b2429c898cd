namespace Mayfly.Engine.Shipping;

/// <summary>What of a version is shipped. The golden part goes first; the warm one stands on it.</summary>
public enum ShippingPart
{
    /// <summary>The golden image: disk with its layers, kernel, initial RAM disk.</summary>
    Golden,

    /// <summary>The warm image: memory, device state, frozen disk, empty overlay.</summary>
    Warm,
}
