namespace Mayfly.Engine.Shipping;

/// <summary>What a receiver waits for.</summary>
public enum ShippingStep
{
    /// <summary>The list of pages.</summary>
    List,

    /// <summary>The pages wanted.</summary>
    Pages,

    /// <summary>The word to check the whole and put it in place.</summary>
    Commit,

    /// <summary>Nothing: it is in place.</summary>
    Nothing,
}
