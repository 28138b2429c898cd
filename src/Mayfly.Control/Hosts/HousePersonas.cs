using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Engine;
using Mayfly.Engine.Exchange;
using Microsoft.Extensions.DependencyInjection;

namespace Mayfly.Control.Hosts;

/// <summary>The personas of the house. Their archives are kept at home; a host has them for as long as they are packed or unpacked there.</summary>
internal sealed class HousePersonas([FromKeyedServices(HostFleet.Home)] IPersonaLibrary home, IHostFiles files, HostFleet fleet) : IPersonaLibrary
{
    private readonly LentArchives _lent = new(files);

    /// <inheritdoc/>
    public async Task<Outcome<SavedPersona>> SaveAsync(string machineId, IReadOnlyList<PersonaFiles> configs, int quotaMib, bool last, CancellationToken cancellationToken)
    {
        if (fleet.RemoteOf(machineId) is not { } remote) return await home.SaveAsync(machineId, configs, quotaMib, last, cancellationToken);
        if (!(await remote.Personas.SaveAsync(machineId, configs, quotaMib, last, cancellationToken)).TryGet(out var saved, out var fault)) return fault;
        try
        {
            foreach (var archive in saved.Archives)
            {
                if ((await remote.Files.FetchPersonaAsync(files, archive.Id, cancellationToken)).Fault is { } lost) return lost;
            }

            return saved;
        }
        finally
        {
            // Durable at home by now, or of no use to anybody.
            foreach (var archive in saved.Archives) _ = await remote.Files.RemoveAsync(files, HostFileKind.Persona, archive.Id, CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public async Task<Outcome<LoadedPersona>> LoadAsync(string machineId, IReadOnlyList<PersonaArchive> archives, CancellationToken cancellationToken)
    {
        if (fleet.RemoteOf(machineId) is not { } remote) return await home.LoadAsync(machineId, archives, cancellationToken);
        var lent = new List<string>();
        try
        {
            foreach (var archive in archives)
            {
                lent.Add(archive.Id);
                // One that is not here is told as missing by the host, as it would be by this one.
                if (await _lent.LendAsync(remote, archive.Id, cancellationToken) is { Code: not ErrorCode.NotFound } fault) return fault;
            }

            return await remote.Personas.LoadAsync(machineId, archives, cancellationToken);
        }
        finally
        {
            foreach (var id in lent) await _lent.GiveBackAsync(remote, id);
        }
    }

    /// <inheritdoc/>
    public Task<Outcome<PersonaArchive>> CopyAsync(PersonaArchive archive, CancellationToken cancellationToken) => home.CopyAsync(archive, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<string> List() => home.List();

    /// <inheritdoc/>
    public void Remove(string archiveId) => home.Remove(archiveId);
}
