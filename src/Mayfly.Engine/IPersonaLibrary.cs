using Mayfly.Contracts;
using Mayfly.Contracts.Agent;

namespace Mayfly.Engine;

/// <summary>
/// Archives of personas on this host, one file each in <c>personas/</c>. What is in them only guests know: they are packed and unpacked there,
/// by the account of the desktop. The host keeps, counts and compresses bytes, and their hash tells whether they are still the same.
/// </summary>
public interface IPersonaLibrary
{
    /// <summary>
    /// Keeps what belongs to these applications in the home of a running machine's user, each as a new archive, durable when this returns.
    /// One of which there is nothing, or nothing that was changed since the first <see cref="LoadAsync"/>, has none. Faults: NotFound, Busy, MachineStateWrong, HostDiskLow, AgentSilent, AgentProtocol, AgentRefused, MachineUnresponsive.
    /// </summary>
    /// <param name="machineId">Which.</param>
    /// <param name="configs">What belongs to each application.</param>
    /// <param name="quotaMib">What all archives of it may take together before they are compressed, 1 to 16,384.</param>
    /// <param name="last">True at the end of a session: programs that its user has started end first, so that they write what they hold.</param>
    /// <param name="cancellationToken">Cancels and leaves nothing.</param>
    Task<Outcome<SavedPersona>> SaveAsync(string machineId, IReadOnlyList<PersonaFiles> configs, int quotaMib, bool last, CancellationToken cancellationToken);

    /// <summary>
    /// Unpacks archives into the home of a running machine's user. One that is missing or damaged never gets to the guest, and is told.
    /// Faults: as of <see cref="SaveAsync"/>.
    /// </summary>
    Task<Outcome<LoadedPersona>> LoadAsync(string machineId, IReadOnlyList<PersonaArchive> archives, CancellationToken cancellationToken);

    /// <summary>Makes a second archive of the same content, durable when this returns. Faults: NotFound, HostDiskLow.</summary>
    Task<Outcome<PersonaArchive>> CopyAsync(PersonaArchive archive, CancellationToken cancellationToken);

    /// <summary>Ids of all archives of this host.</summary>
    IReadOnlyList<string> List();

    /// <summary>Removes an archive for good; one that does not exist is a success.</summary>
    void Remove(string archiveId);
}

/// <summary>One archive of a persona.</summary>
/// <param name="Id">Its id on this host.</param>
/// <param name="Config">Name of the Flex config it is of.</param>
/// <param name="Bytes">Its length as the guest packed it.</param>
/// <param name="StoredBytes">What it takes of the host's disk.</param>
/// <param name="Sha256">Hash of it as the guest packed it, 64 hexadecimal digits.</param>
public sealed record PersonaArchive(string Id, string Config, long Bytes, long StoredBytes, string Sha256)
{
    /// <summary>Channels of Xfconf that are set in the running desktop once it is unpacked; null for none.</summary>
    public IReadOnlyList<string>? Xfconf { get; init; }

    /// <summary>Paths of dconf that are.</summary>
    public IReadOnlyList<string>? Dconf { get; init; }
}

/// <summary>What was kept.</summary>
/// <param name="Archives">New archives.</param>
/// <param name="Faults">What could not be kept, by Flex config: PersonaUnusable.</param>
public sealed record SavedPersona(IReadOnlyList<PersonaArchive> Archives, IReadOnlyDictionary<string, Fault> Faults);

/// <summary>What was unpacked.</summary>
/// <param name="Faults">What could not be unpacked in full, by Flex config: NotFound, PersonaUnusable.</param>
public sealed record LoadedPersona(IReadOnlyDictionary<string, Fault> Faults);
