namespace Mayfly.Control.Personas;

/// <summary>A Flex config that was made in this house.</summary>
public sealed class FlexConfigRow
{
    public required string Name { get; init; }

    /// <summary>Its file, which is known to be one.</summary>
    public required string Yaml { get; set; }
}
