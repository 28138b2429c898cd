using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Engine;
using Mayfly.Remote.Wire;

namespace Mayfly.Remote.Calling;

/// <summary>What a host packs and unpacks in its machines: as <see cref="IPersonaLibrary"/>, with archives that are that host's.</summary>
public sealed class RemotePersonas
{
    private readonly HostWire _wire;

    internal RemotePersonas(HostWire wire) => _wire = wire;

    /// <summary>Keeps what belongs to applications, in archives of that host.</summary>
    public Task<Outcome<SavedPersona>> SaveAsync(string machineId, IReadOnlyList<PersonaFiles> configs, int quotaMib, bool last, CancellationToken cancellationToken) =>
        _wire.AskAsync(FileCalls.SavePersona, new SaveAsked(machineId, configs, quotaMib, last), cancellationToken);

    /// <summary>Unpacks archives of that host.</summary>
    public Task<Outcome<LoadedPersona>> LoadAsync(string machineId, IReadOnlyList<PersonaArchive> archives, CancellationToken cancellationToken) =>
        _wire.AskAsync(FileCalls.LoadPersona, new LoadAsked(machineId, archives), cancellationToken);
}
