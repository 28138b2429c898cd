using Mayfly.Contracts;
using Mayfly.Contracts.Agent;

namespace Mayfly.Engine.Personas;

/// <summary>The personas of this host.</summary>
internal sealed class PersonaLibrary(PersonaStore store, PersonaCourier courier, MachineHost machines) : IPersonaLibrary
{
    private const int MostMib = 16384;
    private const string Operation = "persona";

    /// <inheritdoc/>
    public Task<Outcome<SavedPersona>> SaveAsync(string machineId, IReadOnlyList<PersonaFiles> configs, int quotaMib, bool last, CancellationToken cancellationToken) => quotaMib is < 1 or > MostMib
        ? Task.FromResult<Outcome<SavedPersona>>(new Fault(ErrorCode.InvalidRequest, $"A persona may take 1 to {MostMib} MiB."))
        : machines.InTurnAsync(machineId, Operation, (machine, token) => courier.SaveAsync(machine, configs, (long)quotaMib << 20, last, token), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<LoadedPersona>> LoadAsync(string machineId, IReadOnlyList<PersonaArchive> archives, CancellationToken cancellationToken) =>
        machines.InTurnAsync(machineId, Operation, (machine, token) => courier.LoadAsync(machine, archives, token), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<PersonaArchive>> CopyAsync(PersonaArchive archive, CancellationToken cancellationToken) => store.DuplicateAsync(archive, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<string> List() => store.List();

    /// <inheritdoc/>
    public void Remove(string archiveId) => store.Remove(archiveId);
}
