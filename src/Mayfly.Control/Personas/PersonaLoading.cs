using Mayfly.Contracts.Api;
using Mayfly.Control.Environments;
using Mayfly.Control.Sessions;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Personas;

/// <summary>
/// Brings a persona into the machine of a session, before its user gets it: of each Flex config what is predefined, where the user has none of
/// their own, else that; and over both what is enforced.
/// </summary>
public sealed class PersonaLoading(HouseDatabase database, IPersonaLibrary library, FlexConfigBook configs, LogonFactFinder facts)
{
    /// <summary>Loads what a session shall have. What could not be loaded is in the result, and is not saved over what there is.</summary>
    internal async Task<SessionPersona> LoadAsync(SessionRow session, CancellationToken cancellationToken)
    {
        var all = await configs.ReadAsync(cancellationToken);
        var found = await facts.FindAsync(session, all.Select(config => config.When), cancellationToken);
        // One whose condition is not met is not in the session, and so is not saved from it either.
        List<FlexConfig> known = [.. all.Where(config => found.Meet(config.When))];
        var parts = await PartsAsync(session, known, cancellationToken);
        var outcome = await library.LoadAsync(session.MachineId, [.. parts.SelectMany(part => part.Archives)], cancellationToken);
        if (!outcome.TryGet(out var loaded, out var fault)) return session.Persona! with { Fault = fault };
        return session.Persona! with { Loaded = true, Parts = [.. parts.Select(part => part.View with { Fault = loaded.Faults.GetValueOrDefault(part.View.Config) })] };
    }

    private async Task<List<(SessionPersonaPart View, IReadOnlyList<PersonaArchive> Archives)>> PartsAsync(SessionRow session, IReadOnlyList<FlexConfig> known, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var own = await context.PersonaArchives.AsNoTracking().Where(a => a.User == session.User && a.State == PersonaArchiveState.Current).ToDictionaryAsync(a => a.Config, cancellationToken);
        var predefined = (await PredefinedBook.ForAsync(context, session.User, session.Pool, cancellationToken)).ToDictionary(row => (row.Config, row.Enforced));
        return [.. known.Select(config => PartOf(config, own.GetValueOrDefault(config.Name), predefined.GetValueOrDefault((config.Name, false)), predefined.GetValueOrDefault((config.Name, true))))];
    }

    private static (SessionPersonaPart View, IReadOnlyList<PersonaArchive> Archives) PartOf(FlexConfig config, PersonaArchiveRow? own, PredefinedRow? first, PredefinedRow? enforced)
    {
        var begins = own?.ToArchive() ?? first?.ToArchive();
        var archives = new[] { begins, enforced?.ToArchive() }.OfType<PersonaArchive>().Select(archive => archive with { Xfconf = config.Xfconf });
        return (new SessionPersonaPart(config.Name, own?.SavedAt) { Predefined = enforced is not null || (own is null && first is not null) }, [.. archives]);
    }
}
