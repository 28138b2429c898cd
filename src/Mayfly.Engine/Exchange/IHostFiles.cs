using Mayfly.Contracts;

namespace Mayfly.Engine.Exchange;

/// <summary>Files of this host as they are, to be carried to another: packages, writable volumes, archives of personas. Golden and warm images have their own way.</summary>
public interface IHostFiles
{
    /// <summary>All files of a kind that are here.</summary>
    IReadOnlyList<string> List(HostFileKind kind);

    /// <summary>
    /// Names the storage that volumes lie on here: a host that has the same one mounted names it alike, and then nothing is carried. Kept in
    /// <c>volumes/.storage</c>, which is made when it is first asked for.
    /// </summary>
    string VolumeStorage();

    /// <summary>Opens a file to be carried away. Faults: NotFound, VolumeInUse while a machine has it.</summary>
    Task<Outcome<Stream>> OpenAsync(HostFileKind kind, string id, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a file; durable and whole when this returns, otherwise there is nothing of it. One that is here already stays, but a volume, which
    /// is the newer one. Faults: InvalidRequest, HostDiskLow, VolumeInUse, PackageInvalid or VolumeUnusable when it is not what was announced.
    /// </summary>
    /// <param name="file">What it is.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="cancellationToken">Cancels and leaves nothing.</param>
    Task<Outcome<Done>> ReceiveAsync(HostFile file, Stream content, CancellationToken cancellationToken);

    /// <summary>Removes a file; one that is not here is a success. Faults: PackageInUse, VolumeInUse while a machine has it.</summary>
    Task<Outcome<Done>> RemoveAsync(HostFileKind kind, string id, CancellationToken cancellationToken);
}

/// <summary>What a file is.</summary>
public enum HostFileKind
{
    /// <summary>An app package, a squashfs.</summary>
    Package,
    /// <summary>A writable volume with its snapshots, a qcow2.</summary>
    Volume,
    /// <summary>An archive of a persona, as stored.</summary>
    Persona,
}

/// <summary>A file that is carried.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id, the same on every host.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Package">What is known of a package; null for all else.</param>
public sealed record HostFile(HostFileKind Kind, string Id, long Bytes, PackageManifest? Package = null);
