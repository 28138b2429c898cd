namespace Mayfly.Control.Environments;

/// <summary>An environment as stored.</summary>
public sealed class EnvironmentRow
{
    public required string Name { get; init; }

    /// <summary>Its file, which is known to be one.</summary>
    public required string Yaml { get; set; }
}
