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
        var parts = await PartsAsync(session, cancellationToken);
        var outcome = await library.LoadAsync(session.MachineId, [.. parts.SelectMany(part => part.Archives)], cancellationToken);
        if (!outcome.TryGet(out var loaded, out var fault)) return session.Persona! with { Fault = fault };
        return session.Persona! with { Loaded = true, Parts = [.. parts.Select(part => part.View with { Fault = loaded.Faults.GetValueOrDefault(part.View.Config) })] };
    }

    /// <summary>The parts whose conditions are met: any other is not in the session, and so is not saved from it either.</summary>
    private async Task<List<(SessionPersonaPart View, IReadOnlyList<PersonaArchive> Archives)>> PartsAsync(SessionRow session, CancellationToken cancellationToken)
    {
        var known = await configs.ReadAsync(cancellationToken);
        var (own, rows) = await ReadAsync(session, cancellationToken);
        var found = await facts.FindAsync(session, known.Select(config => config.When).Concat(rows.Select(ConditionOf)), cancellationToken);
        var predefined = rows.Where(row => found.Meet(ConditionOf(row))).DistinctBy(row => (row.Config, row.Enforced)).ToDictionary(row => (row.Config, row.Enforced));
        return
        [
            .. known.Where(config => found.Meet(config.When)).Select(config =>
                PartOf(config, own.GetValueOrDefault(config.Name), predefined.GetValueOrDefault((config.Name, false)), predefined.GetValueOrDefault((config.Name, true)))),
        ];
    }

    private async Task<(Dictionary<string, PersonaArchiveRow> Own, List<PredefinedRow> Predefined)> ReadAsync(SessionRow session, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var own = await context.PersonaArchives.AsNoTracking().Where(a => a.User == session.User && a.State == PersonaArchiveState.Current).ToDictionaryAsync(a => a.Config, cancellationToken);
        return (own, await PredefinedBook.ForAsync(context, session.User, session.Pool, cancellationToken));
    }

    private static Condition? ConditionOf(PredefinedRow row) => row.Environment is { } environment ? new Condition { Environment = environment } : null;

    private static (SessionPersonaPart View, IReadOnlyList<PersonaArchive> Archives) PartOf(FlexConfig config, PersonaArchiveRow? own, PredefinedRow? first, PredefinedRow? enforced)
    {
        var begins = own?.ToArchive() ?? first?.ToArchive();
        var archives = new[] { begins, enforced?.ToArchive() }.OfType<PersonaArchive>().Select(archive => archive with { Xfconf = config.Xfconf });
        return (new SessionPersonaPart(config.Name, own?.SavedAt) { Predefined = enforced is not null || (own is null && first is not null) }, [.. archives]);
    }
}
