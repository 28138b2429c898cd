using Mayfly.Contracts;

namespace Mayfly.Engine.Exchange;

/// <summary>Files that a host has of its house: which there are, and archives of personas to be carried whole. All others are shipped.</summary>
public interface IHostFiles
{
    /// <summary>All files of a kind that are here.</summary>
    IReadOnlyList<string> List(HostFileKind kind);

    /// <summary>
    /// Names the storage that volumes lie on here: a host that has the same one mounted names it alike, and then nothing is carried. Kept in
    /// <c>volumes/.storage</c>, which is made when it is first asked for.
    /// </summary>
    string VolumeStorage();

    /// <summary>Removes a file; one that is not here is a success. Faults: PackageInUse, VolumeInUse while a machine has it.</summary>
    Task<Outcome<Done>> RemoveAsync(HostFileKind kind, string id, CancellationToken cancellationToken);

    /// <summary>Opens an archive of a persona to be carried away. Faults: NotFound.</summary>
    Task<Outcome<Stream>> OpenPersonaAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// Takes an archive of a persona as it was stored; durable and whole when this returns, otherwise there is nothing of it. One that is here
    /// already stays. Faults: InvalidRequest, HostDiskLow.
    /// </summary>
    /// <param name="id">Its id, the same on every host.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="cancellationToken">Cancels and leaves nothing.</param>
    Task<Outcome<Done>> ReceivePersonaAsync(string id, long bytes, Stream content, CancellationToken cancellationToken);
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
