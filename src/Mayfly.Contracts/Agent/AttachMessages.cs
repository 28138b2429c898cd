namespace Mayfly.Contracts.Agent;

/// <summary>
/// What the guest shall have merged into its tree from now on. What it has and is not named here is taken out, unless a program still uses
/// it. The disks are plugged in before this is asked, and those no longer named are pulled after it was answered.
/// </summary>
/// <param name="Packages">Package disks; the first wins where two have the same file.</param>
/// <param name="Volume">The disk that is written to, or null: then what is written goes to the machine's own disk.</param>
/// <param name="TimeoutSeconds">The guest answers with an error when the disks have not come by then, 1 to 600.</param>
public sealed record AttachRequest(IReadOnlyList<PackageDisk> Packages, VolumeDisk? Volume, int TimeoutSeconds = 30)
{
    /// <summary>A disk of files for the guest, mounted read-only at /run/mayfly/input, or null.</summary>
    public string? InputSerial { get; init; }
}

/// <summary>A package as a disk: a squashfs with usr/, opt/ and etc/.</summary>
/// <param name="Serial">Serial number of the disk, 1 to 36 of a-z and 0-9.</param>
public sealed record PackageDisk(string Serial);

/// <summary>A disk that is written to: an ext4 file system with a folder for each part.</summary>
/// <param name="Serial">Serial number of the disk.</param>
/// <param name="Apps">True keeps what is written below /usr and /opt.</param>
/// <param name="Profile">True keeps the home of the desktop's account.</param>
/// <param name="Settings">True keeps what is written below /etc; for captures.</param>
public sealed record VolumeDisk(string Serial, bool Apps, bool Profile, bool Settings = false);

/// <summary>What the guest has merged now.</summary>
/// <param name="Steps">Microseconds each step took: disks, mount, merge, menus.</param>
/// <param name="Kept">Package disks that were to go and stay because a program uses them.</param>
/// <param name="Unusable">Disks that could not be mounted, and why.</param>
public sealed record AttachReport(IReadOnlyList<PrepStep> Steps, IReadOnlyList<DiskInUse> Kept, IReadOnlyList<UnusableDisk> Unusable);

/// <summary>A disk that a program uses.</summary>
/// <param name="Serial">Which disk.</param>
/// <param name="Program">Name of one program that does.</param>
public sealed record DiskInUse(string Serial, string Program);

/// <summary>A disk that could not be mounted.</summary>
/// <param name="Serial">Which disk.</param>
/// <param name="Reason">Why, in one line.</param>
public sealed record UnusableDisk(string Serial, string Reason);

/// <summary>The user goes: ends their programs and leaves the volume whole and at rest, so that it can be pulled. Nothing is written to it after the answer.</summary>
/// <param name="GraceSeconds">How long programs may take to end when asked to, 0 to 60.</param>
public sealed record ReleaseRequest(int GraceSeconds);

/// <summary>The volume is at rest.</summary>
/// <param name="Ended">Programs that ended when asked to.</param>
/// <param name="Killed">Programs that did not.</param>
public sealed record ReleaseReport(int Ended, int Killed);

/// <summary>Writes what the volume of a capture holds to a disk, as a tar archive (pax) that begins at its first byte.</summary>
/// <param name="Serial">Serial number of the disk to write to.</param>
/// <param name="TimeoutSeconds">The guest gives up after this long, 1 to 3600.</param>
public sealed record PackRequest(string Serial, int TimeoutSeconds);

/// <summary>The archive is written and flushed.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Entries">How many files, folders and links it has.</param>
public sealed record PackReport(long Bytes, int Entries);

/// <summary>Shows launchers in the desktop's menu for packages that are attached when first started, and answers when one of them is.</summary>
/// <param name="Launchers">All that shall be shown from now on.</param>
public sealed record AwaitLaunchRequest(IReadOnlyList<Launcher> Launchers);

/// <summary>A menu entry of a package that is not attached yet.</summary>
/// <param name="Id">Names the entry: 1 to 64 of a-z, 0-9, '-' and '.'.</param>
/// <param name="Name">What the menu says.</param>
/// <param name="DesktopEntry">File name of the package's own desktop entry, which is started once it is there.</param>
public sealed record Launcher(string Id, string Name, string DesktopEntry);

/// <summary>A launcher was started; it waits until its package is attached.</summary>
/// <param name="Id">Which.</param>
public sealed record LaunchReport(string Id);
