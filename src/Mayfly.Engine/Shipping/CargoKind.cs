namespace Mayfly.Engine.Shipping;

/// <summary>What is shipped. Of a version of an image the golden one goes first; the warm one stands on it.</summary>
public enum CargoKind
{
    /// <summary>A golden image: disk with its layers, kernel, initial RAM disk.</summary>
    Golden,

    /// <summary>A warm image: memory, device state, frozen disk, empty overlay.</summary>
    Warm,

    /// <summary>An app package.</summary>
    Package,

    /// <summary>A writable volume with its snapshots.</summary>
    Volume,
}
