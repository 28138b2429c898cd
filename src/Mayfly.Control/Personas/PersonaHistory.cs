using System.Collections.Frozen;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Sessions;
using Mayfly.Control.Settings;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Personas;

/// <summary>
/// The archives of each user's persona: the one that counts, one of each earlier day, and what was held back. An archive that is
/// suddenly less than half of the one before is held: rather an old setting than an empty one.
/// </summary>
public sealed class PersonaHistory(HouseDatabase database, IPersonaLibrary library, SettingsStore settings, EventLog events, TimeProvider time)
{
    // What is smaller changes by halves every day.
    private const long Small = 64 << 10;

    /// <summary>Takes in what was saved from a session. No token: the files are there.</summary>
    /// <param name="session">Which.</param>
    /// <param name="saved">What was saved.</param>
    /// <param name="last">False while the session goes on: nothing is held or told then, for the end may be another.</param>
    internal async Task KeepAsync(SessionRow session, SavedPersona saved, bool last)
    {
        var limits = await settings.ReadAsync(CancellationToken.None);
        var gone = await database.WriteAsync(async context =>
        {
            // What its user has chosen another version of while it was being saved stays what they have chosen.
            var now = await context.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == session.Id);
            var replaced = (now?.Persona?.Parts ?? []).Where(part => part.Replaced).Select(part => part.Config).ToHashSet();
            var removed = saved.Archives.Where(archive => replaced.Contains(archive.Config)).Select(archive => archive.Id).ToList();
            foreach (var archive in saved.Archives.Where(archive => !replaced.Contains(archive.Config))) removed.AddRange(await KeepAsync(context, session, archive, limits, last));
            foreach (var (config, fault) in last ? saved.Faults : FrozenDictionary<string, Fault>.Empty)
                Tell(context, session, $"'{config}' of '{session.User}' was not saved in full on '{session.Machine}'. {fault}");
            return removed;
        }, CancellationToken.None);
        gone.ForEach(library.Remove);
    }

    /// <summary>Removes files that nothing was written down of: whoever made them was cut off.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var known = await context.PersonaArchives.Select(a => a.Id).Concat(context.Predefined.Select(p => p.Id)).ToListAsync(cancellationToken);
        foreach (var id in library.List().Except(known)) library.Remove(id);
    }

    /// <summary>Takes in one archive, and returns the ids of those that go.</summary>
    private async Task<List<string>> KeepAsync(MayflyDbContext context, SessionRow session, PersonaArchive archive, HouseSettings limits, bool last)
    {
        var rows = await context.PersonaArchives.Where(a => a.User == session.User && a.Config == archive.Config).OrderByDescending(a => a.SavedAt).ToListAsync();
        var current = rows.Find(row => row.State == PersonaArchiveState.Current);
        if (current?.Sha256 == archive.Sha256) return [archive.Id];
        if (archive.Bytes > (current?.Bytes ?? 0) && await OthersAsync(context, archive, session.User) + archive.Bytes > (long)limits.PersonaQuotaMib << 20)
        {
            if (last) Tell(context, session, $"'{archive.Config}' of '{session.User}' was not saved on '{session.Machine}': all settings together would take more than {limits.PersonaQuotaMib} MiB.");
            return [archive.Id];
        }

        var held = current is { Bytes: > Small } && archive.Bytes < current.Bytes / 2;
        if (held && !last) return [archive.Id];
        var fresh = RowOf(session, archive, held ? PersonaArchiveState.Held : PersonaArchiveState.Current);
        if (held) Tell(context, session, $"'{archive.Config}' of '{session.User}' has shrunk from {current!.Bytes} to {archive.Bytes} bytes and is held: the next desktop gets the one before.");
        else if (current is not null) current.State = PersonaArchiveState.Earlier;
        var going = Going(rows, held, limits.PersonaVersions);
        context.PersonaArchives.RemoveRange(going);
        // At once: there is never more than one that counts.
        await context.SaveChangesAsync();
        context.PersonaArchives.Add(fresh);
        return going.ConvertAll(row => row.Id);
    }

    // A guest packs only what was changed, and knows nothing of the rest.
    private static Task<long> OthersAsync(MayflyDbContext context, PersonaArchive archive, string user) =>
        context.PersonaArchives.Where(a => a.User == user && a.Config != archive.Config && a.State == PersonaArchiveState.Current).SumAsync(a => a.Bytes);

    /// <summary>Of those of a day only the last is kept, of those held only the newest.</summary>
    private static List<PersonaArchiveRow> Going(List<PersonaArchiveRow> rows, bool held, int days)
    {
        var kept = rows.Where(row => row.State == PersonaArchiveState.Earlier).DistinctBy(row => row.SavedAt.UtcDateTime.Date).Take(days).ToHashSet();
        return rows.FindAll(row => row.State == PersonaArchiveState.Held ? held : row.State == PersonaArchiveState.Earlier && !kept.Contains(row));
    }

    private PersonaArchiveRow RowOf(SessionRow session, PersonaArchive archive, PersonaArchiveState state) => new()
    {
        Id = archive.Id,
        User = session.User,
        Config = archive.Config,
        SavedAt = time.GetUtcNow(),
        Machine = session.Machine,
        Bytes = archive.Bytes,
        StoredBytes = archive.StoredBytes,
        Sha256 = archive.Sha256,
        State = state,
    };

    private void Tell(MayflyDbContext context, SessionRow session, string what) =>
        events.Add(context, new HouseEvent(EventKinds.PersonaNotSaved, what, Pool: session.Pool, Machine: session.Machine, Level: "warning") { User = session.User });
}
