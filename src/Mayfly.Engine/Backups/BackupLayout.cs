using Mayfly.Engine.Disks;

namespace Mayfly.Engine.Backups;

/// <summary>Names of the files of a data directory that are in a backup: their paths below it. No others are ever read from one.</summary>
public static class BackupLayout
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Private = OwnerOnly | UnixFileMode.UserExecute;
    private const UnixFileMode Listed = Private | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private const string PersonaSuffix = ".tar.br";
    private const string IconSuffix = ".png";
    private const int LongestName = 255;

    /// <summary>The directories that are in a backup, and their modes.</summary>
    public static IReadOnlyDictionary<string, UnixFileMode> Directories { get; } =
        new Dictionary<string, UnixFileMode> { ["personas"] = Private, ["packages"] = Listed, ["volumes"] = Private };

    /// <summary>An archive of a persona.</summary>
    public static string Persona(string id) => $"personas/{id}{PersonaSuffix}";

    /// <summary>A writable volume.</summary>
    public static string Volume(string id) => $"volumes/{id}/volume.qcow2";

    /// <summary>What is known of a package; it is removed first.</summary>
    public static string PackageManifest(string id) => $"packages/{id}/manifest.json";

    /// <summary>A package's file.</summary>
    public static string Package(string id) => $"packages/{id}/package.squashfs";

    /// <summary>Where icons of a package are.</summary>
    public static string PackageIcons(string id) => $"packages/{id}/icons";

    /// <summary>The mode of the file of a name, or null when no file of a backup is called so.</summary>
    public static UnixFileMode? ModeOf(string name) => name.Split('/') switch
    {
        ["personas", var file] when file.EndsWith(PersonaSuffix, StringComparison.Ordinal) && DiskId.IsValid(file[..^PersonaSuffix.Length]) => OwnerOnly,
        ["packages", var id, "manifest.json" or "package.squashfs"] when DiskId.IsValid(id) => Readable,
        ["packages", var id, "icons", var icon] when DiskId.IsValid(id) && IsIcon(icon) => Readable,
        ["volumes", var id, "volume.qcow2"] when DiskId.IsValid(id) => OwnerOnly,
        _ => null,
    };

    private static bool IsIcon(string name) =>
        name.EndsWith(IconSuffix, StringComparison.Ordinal) && name[0] != '.' && name.Length <= LongestName && !name.Any(char.IsControl);
}
