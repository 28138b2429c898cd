using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Engine;

/// <summary>
/// The app packages of this host, each one squashfs file in <c>packages/</c> that all machines share. Whatever becomes a package is read
/// as an archive, checked entry by entry, and written anew: guests mount only file systems that Mayfly has written itself.
/// </summary>
public interface IPackageLibrary
{
    /// <summary>All packages of this host.</summary>
    IReadOnlyList<PackageManifest> List();

    /// <summary>
    /// Makes a package of a file: a squashfs, or a tar archive, plain or compressed, with usr/, opt/ and etc/.
    /// Faults: AlreadyExists, PackageInvalid, PackagePrivileged, HostDiskLow, ToolMissing.
    /// </summary>
    /// <param name="packageId">1 to 36 of a-z and 0-9, chosen by the caller.</param>
    /// <param name="path">Absolute path of the file.</param>
    /// <param name="rules">What it may hold.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellationToken">Cancels and removes what was made.</param>
    Task<Outcome<PackageManifest>> ImportAsync(string packageId, string path, PackageRules rules, IProgress<StepProgress> progress, CancellationToken cancellationToken);

    /// <summary>From now on everything written below /usr, /opt and /etc of a machine is noted for a package. Faults: those of an attach, NotFound.</summary>
    /// <param name="machineId">A fresh machine that nobody uses.</param>
    /// <param name="basePackage">Package to build on, or null.</param>
    /// <param name="sizeMib">Most that can be captured.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<Outcome<Done>> BeginCaptureAsync(string machineId, string? basePackage, int sizeMib, CancellationToken cancellationToken);

    /// <summary>Opens a terminal of root on the desktop of a capture, whose account could install nothing, if its image can. Faults: CaptureFailed, NotFound.</summary>
    Task<Outcome<Done>> OpenTerminalAsync(string machineId, CancellationToken cancellationToken);

    /// <summary>Installs without hands into a machine of a capture. Faults: CaptureFailed with the last words of what failed, NotFound, ToolMissing.</summary>
    Task<Outcome<Done>> InstallAsync(string machineId, CaptureSource source, IProgress<StepProgress> progress, CancellationToken cancellationToken);

    /// <summary>Packs what a machine of a capture has changed. The machine can be destroyed then. Faults: CaptureFailed when nothing was changed, and those of <see cref="ImportAsync"/>.</summary>
    Task<Outcome<PackageManifest>> FinishCaptureAsync(string packageId, string machineId, PackageRules rules, IProgress<StepProgress> progress, CancellationToken cancellationToken);

    /// <summary>The file, to be read from its beginning. Faults: NotFound.</summary>
    Outcome<Stream> Open(string packageId);

    /// <summary>The icon of a program in a package: a PNG of at most 64 KiB. Faults: NotFound.</summary>
    Outcome<byte[]> Icon(string packageId, string programId);

    /// <summary>Removes a package. One that does not exist is a success. Faults: PackageInUse while a machine has it.</summary>
    Task<Outcome<Done>> RemoveAsync(string packageId, CancellationToken cancellationToken);
}

/// <summary>A package of this host.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Os">What it was made for, such as "debian-13"; null when unknown, and then it fits everything.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="ContentBytes">Size of what is in it.</param>
/// <param name="Entries">Files, folders and links in it.</param>
/// <param name="Sha256">Hash of the file, lower-case hexadecimal.</param>
/// <param name="Programs">Programs with a menu entry, by name.</param>
/// <param name="PrivilegedFiles">Files that give rights: setuid, setgid or with capabilities.</param>
public sealed record PackageManifest(
    string Id, string? Os, DateTimeOffset CreatedAt, long Bytes, long ContentBytes, int Entries, string Sha256,
    IReadOnlyList<PackageProgram> Programs, IReadOnlyList<string> PrivilegedFiles);

/// <summary>What a package may hold.</summary>
/// <param name="AllowPrivileged">True takes files that give rights; otherwise they are shown and the package is refused.</param>
/// <param name="MaximumMib">Most that may be in it, unpacked.</param>
public sealed record PackageRules(bool AllowPrivileged = false, int MaximumMib = 16 * 1024);

/// <summary>What to install without hands, in this order.</summary>
/// <param name="Packages">Debian packages by name, downloaded by this host with all they need.</param>
/// <param name="Files">Absolute paths of .deb files on this host.</param>
/// <param name="Script">A shell script run as root in the guest, or null.</param>
/// <param name="TimeoutSeconds">Limit of each of the three in the guest.</param>
public sealed record CaptureSource(IReadOnlyList<string> Packages, IReadOnlyList<string> Files, string? Script, int TimeoutSeconds = 1800);
