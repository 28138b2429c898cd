using Mayfly.Contracts.Api;
using Mayfly.Control.Sessions;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Personas;

/// <summary>Brings a persona into the machine of a session, before its user gets it.</summary>
public sealed class PersonaLoading(HouseDatabase database, IPersonaLibrary library, FlexConfigBook configs)
{
    /// <summary>Loads what a session shall have. What could not be loaded is in the result, and is not saved over what there is.</summary>
    internal async Task<SessionPersona> LoadAsync(SessionRow session, CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(session.User, cancellationToken);
        var known = await configs.ReadAsync(cancellationToken);
        var wanted = current.Join(known, row => row.Config, config => config.Name, (row, config) => row.ToArchive() with { Xfconf = config.Xfconf });
        var outcome = await library.LoadAsync(session.MachineId, [.. wanted], cancellationToken);
        if (!outcome.TryGet(out var loaded, out var fault)) return session.Persona! with { Fault = fault };
        return session.Persona! with
        {
            Loaded = true,
            Parts = [.. known.Select(config => new SessionPersonaPart(config.Name, current.Find(row => row.Config == config.Name)?.SavedAt, loaded.Faults.GetValueOrDefault(config.Name)))],
        };
    }

    private async Task<List<PersonaArchiveRow>> CurrentAsync(string user, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.PersonaArchives.AsNoTracking().Where(a => a.User == user && a.State == PersonaArchiveState.Current).OrderBy(a => a.Config).ToListAsync(cancellationToken);
    }
}
