using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Environments;
using Mayfly.Control.Events;
using Mayfly.Control.Sessions;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Personas;

/// <summary>
/// Brings a persona into the machine of a session, before its user gets it, or a part of it before its program starts: of each Flex config what is
/// predefined, where the user has none of their own, else that; and over both what is enforced.
/// </summary>
public sealed class PersonaLoading(HouseDatabase database, IPersonaLibrary library, IMachineHost host, FlexConfigBook configs, LogonFactFinder facts, TimeProvider time)
{
    /// <summary>
    /// Loads what a session shall have, and has programs wait for the rest. What could not be loaded is in the result, and is not saved over what there is.
    /// A guest whose programs can not wait gets all at once.
    /// </summary>
    internal async Task<SessionPersona> LoadAsync(SessionRow session, CancellationToken cancellationToken)
    {
        var parts = await PartsAsync(session, await configs.ReadAsync(cancellationToken), cancellationToken);
        var later = parts.FindAll(part => part.Config.Programs.Count > 0);
        var outcome = await LoadAsync(session, parts.Except(later), cancellationToken);
        if (!outcome.TryGet(out var loaded, out var fault)) return session.Persona! with { Fault = fault };
        var faults = loaded.Faults.ToDictionary();
        var waits = later.Count > 0 && (await host.WatchProgramsAsync(session.MachineId, [.. later.Select(part => part.Config.ToProgramPart(ready: false))], cancellationToken)).Fault is null;
        foreach (var part in waits ? [] : later)
            if (await LoadAsync(session, part, cancellationToken) is { } missing) faults[part.Config.Name] = missing;
        return session.Persona! with
        {
            Loaded = true,
            Parts = [.. parts.Select(part => part.View with { Fault = faults.GetValueOrDefault(part.Config.Name), Waiting = waits && later.Contains(part) })],
        };
    }

    /// <summary>Loads one part that is in a session already: its conditions were met at the logon. What could not be loaded is in the result.</summary>
    internal async Task<SessionPersonaPart> BringAsync(SessionRow session, string name, CancellationToken cancellationToken)
    {
        var known = (await configs.ReadAsync(cancellationToken)).Where(config => config.Name == name).Select(config => config with { When = null });
        if (await PartsAsync(session, [.. known], cancellationToken) is not [var part])
            return new SessionPersonaPart(name, null, new Fault(ErrorCode.NotFound, $"There is no Flex config '{name}' any more."));
        return part.View with { Fault = await LoadAsync(session, part, cancellationToken) };
    }

    /// <summary>The event that tells that settings were not loaded.</summary>
    internal static HouseEvent NotLoaded(SessionRow session, Fault fault) =>
        new(EventKinds.PersonaNotLoaded, $"Settings of '{session.User}' were not loaded on '{session.Machine}'. {fault}", Pool: session.Pool, Machine: session.Machine, Level: "warning") { User = session.User };

    private async Task<Fault?> LoadAsync(SessionRow session, LoadingPart part, CancellationToken cancellationToken)
    {
        // Of what there is nothing, its program makes it.
        if (part.Archives.Count == 0) return null;
        var outcome = await MachineTurn.WhenFreeAsync(time, () => LoadAsync(session, [part], cancellationToken), loaded => loaded.Fault, cancellationToken);
        return outcome.TryGet(out var loaded, out var fault) ? loaded.Faults.GetValueOrDefault(part.Config.Name) : fault;
    }

    private Task<Outcome<LoadedPersona>> LoadAsync(SessionRow session, IEnumerable<LoadingPart> parts, CancellationToken cancellationToken) =>
        library.LoadAsync(session.MachineId, [.. parts.SelectMany(part => part.Archives)], cancellationToken);

    /// <summary>The parts whose conditions are met: any other is not in the session, and so is not saved from it either.</summary>
    private async Task<List<LoadingPart>> PartsAsync(SessionRow session, IReadOnlyList<FlexConfig> known, CancellationToken cancellationToken)
    {
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

    private static LoadingPart PartOf(FlexConfig config, PersonaArchiveRow? own, PredefinedRow? first, PredefinedRow? enforced)
    {
        var begins = own?.ToArchive() ?? first?.ToArchive();
        var archives = new[] { begins, enforced?.ToArchive() }.OfType<PersonaArchive>().Select(archive => archive with { Xfconf = config.Xfconf, Dconf = config.Dconf });
        return new LoadingPart(config, new SessionPersonaPart(config.Name, own?.SavedAt) { Predefined = enforced is not null || (own is null && first is not null) }, [.. archives]);
    }

    private sealed record LoadingPart(FlexConfig Config, SessionPersonaPart View, IReadOnlyList<PersonaArchive> Archives);
}
