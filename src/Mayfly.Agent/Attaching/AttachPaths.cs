namespace Mayfly.Agent.Attaching;

/// <summary>Where attached things are in the guest.</summary>
internal static class AttachPaths
{
    /// <summary>One folder a package, by serial number.</summary>
    internal const string Packages = "/run/mayfly/packages";

    /// <summary>The trees as the image has them.</summary>
    internal const string Base = "/run/mayfly/base";

    /// <summary>The disk that is written to.</summary>
    internal const string Volume = "/run/mayfly/volume";

    /// <summary>A disk of files for a capture.</summary>
    internal const string Input = "/run/mayfly/input";

    /// <summary>Searched by the desktop before all others: what came after its session had started.</summary>
    internal const string Share = "/run/mayfly/share";

    /// <summary>Folders of a package that are merged into the guest's.</summary>
    internal static readonly string[] Trees = ["/usr", "/opt", "/etc"];

    private static readonly string[] InMemory = ["rootfs", "tmpfs", "ramfs"];

    /// <summary>Where writes to a tree go without a volume: the machine's own disk.</summary>
    internal static string Own(MountTable mounts) =>
        InMemory.Contains(mounts.At("/")?.Type) && mounts.At("/data") is not null ? "/data/overlay" : "/var/lib/mayfly/overlay";

    /// <summary>The folder of a package.</summary>
    internal static string Package(string serial) => $"{Packages}/{serial}";
}
