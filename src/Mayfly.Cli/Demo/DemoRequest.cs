namespace Mayfly.Cli.Demo;

/// <summary>What the demo shall set up.</summary>
/// <param name="Image">Recipe and image name.</param>
/// <param name="Pool">Pool name.</param>
/// <param name="Spare">Desktops kept ready.</param>
internal sealed record DemoRequest(string Image, string Pool, int Spare);
