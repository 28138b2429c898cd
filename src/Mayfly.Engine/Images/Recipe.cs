using Mayfly.Contracts.Agent;

namespace Mayfly.Engine.Images;

/// <summary>How a golden image is made from Debian packages: a checked <c>recipe.yaml</c> and the directory it lies in.</summary>
/// <param name="Name">Name of the recipe and of the image: its directory's name.</param>
/// <param name="Directory">Absolute directory with recipe.yaml, files/ and customize.</param>
/// <param name="Suite">Debian release by code name.</param>
/// <param name="Kind">Where the guest's root lies.</param>
/// <param name="Kernel">Kernel package.</param>
/// <param name="Modules">Kernel modules the initial RAM disk loads, in order.</param>
/// <param name="Packages">Packages of the guest.</param>
/// <param name="Hardware">Virtual hardware.</param>
/// <param name="DiskMib">Size of the disk in MiB.</param>
/// <param name="CommandLine">Kernel command line.</param>
/// <param name="Settle">When the desktop counts as drawn and quiet.</param>
public sealed record Recipe(
    string Name,
    string Directory,
    string Suite,
    RecipeKind Kind,
    string Kernel,
    IReadOnlyList<string> Modules,
    IReadOnlyList<string> Packages,
    ImageHardware Hardware,
    int DiskMib,
    string CommandLine,
    SettleRequest Settle)
{
    /// <summary>The file that makes a directory a recipe.</summary>
    public const string FileName = "recipe.yaml";

    /// <summary>Tree copied into the guest's root; may be missing.</summary>
    public string FilesDirectory => Path.Combine(Directory, "files");

    /// <summary>Script run inside the guest's root after files are in; may be missing.</summary>
    public string CustomizeScript => Path.Combine(Directory, "customize");

    /// <summary>What all recipes share; beside the recipes.</summary>
    public string CommonDirectory => Path.Combine(Path.GetDirectoryName(Directory)!, "common");
}
