using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Control.Sessions;
using Mayfly.Control.Settings;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Personas;

/// <summary>Saves the persona of a session once.</summary>
public sealed class PersonaSaving(HouseDatabase database, IPersonaLibrary library, PersonaHistory history, FlexConfigBook configs, SettingsStore settings)
{
    /// <summary>Saves it, or says why it can not be now.</summary>
    /// <param name="session">Whose persona is open and was loaded.</param>
    /// <param name="last">True at its end: what could not be saved, and what is held, is told.</param>
    /// <param name="cancellationToken">Cancels and leaves nothing.</param>
    /// <param name="only">The Flex config to save alone, or null for all.</param>
    internal async Task<Fault?> SaveAsync(SessionRow session, bool last, CancellationToken cancellationToken, string? only = null)
    {
        var quota = (await settings.ReadAsync(cancellationToken)).PersonaQuotaMib;
        var parts = await ToSaveAsync(session.Id, cancellationToken);
        if (only is not null && (parts = parts.FindAll(part => part.Name == only)).Count == 0) return null;
        var outcome = await library.SaveAsync(session.MachineId, parts, quota, last, cancellationToken);
        if (!outcome.TryGet(out var saved, out var fault)) return fault;
        await history.KeepAsync(session, saved, last);
        return null;
    }

    /// <summary>
    /// What could not be loaded is not saved, nor what waits for its program: what is there in its place is not its user's. Nor is what its user has meanwhile chosen another
    /// version of.
    /// </summary>
    private async Task<List<PersonaFiles>> ToSaveAsync(string sessionId, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var session = await context.Sessions.AsNoTracking().SingleAsync(s => s.Id == sessionId, cancellationToken);
        var parts = session.Persona!.Parts.Where(part => part is { Fault: null, Replaced: false, Waiting: false }).Select(part => part.Config).ToHashSet();
        var known = await configs.ReadAsync(cancellationToken);
        return [.. known.Where(config => parts.Contains(config.Name)).Select(config => config.ToFiles(known))];
    }
}
