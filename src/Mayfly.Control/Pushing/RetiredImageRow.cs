namespace Mayfly.Control.Pushing;

/// <summary>A warm image to be removed once nothing refers to it, as stored.</summary>
public sealed class RetiredImageRow
{
    public required string Image { get; init; }

    public required string Version { get; init; }
}
