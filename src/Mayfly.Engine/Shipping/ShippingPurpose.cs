namespace Mayfly.Engine.Shipping;

/// <summary>What a receiver is to do with what it gets.</summary>
public enum ShippingPurpose
{
    /// <summary>Keep it as it is, and ship it on: a warm image may be of another host.</summary>
    Keep,

    /// <summary>Fork it: a warm image has to fit the host, and is loaded when it has arrived.</summary>
    Fork,
}
