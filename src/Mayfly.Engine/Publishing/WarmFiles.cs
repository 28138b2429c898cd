using Mayfly.Engine.Hosts;

namespace Mayfly.Engine.Publishing;

/// <summary>Names of a warm image's files in its directory <c>warm/NAME/VERSION</c>.</summary>
/// <param name="Directory">Absolute directory.</param>
internal sealed record WarmFiles(string Directory)
{
    /// <summary>Added to the directory's name while it is being made.</summary>
    public const string StagingSuffix = ".new";

    /// <summary>Where a version's lie or would lie.</summary>
    public static WarmFiles Of(DataDirectory data, ImageVersion id) => new(Path.Combine(data.Warm, id.Name, id.Version));

    /// <summary>Manifest; written last, so that a directory with one is whole.</summary>
    public string Manifest => Path.Combine(Directory, "warm.json");

    /// <summary>Durable copy of the guest's memory.</summary>
    public string Memory => Path.Combine(Directory, "memory");

    /// <summary>Device state.</summary>
    public string State => Path.Combine(Directory, "state");

    /// <summary>What the parent wrote over the golden image's disk.</summary>
    public string FrozenDisk => Path.Combine(Directory, "frozen.qcow2");

    /// <summary>An empty overlay over the frozen disk, copied for each clone.</summary>
    public string EmptyOverlay => Path.Combine(Directory, "empty.qcow2");
}
