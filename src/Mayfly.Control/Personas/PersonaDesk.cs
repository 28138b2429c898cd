using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Personas;

/// <summary>
/// What users and those who help them do to what is kept of their settings. It counts from the next desktop on: what is open now
/// keeps what it has, and is not saved over what was chosen.
/// </summary>
public sealed class PersonaDesk(HouseDatabase database, IPersonaLibrary library, PersonaBook book, EventLog events, HouseChanges changes)
{
    /// <summary>Has the next desktop get another version; the one it would have got stays as an earlier one. Faults: NotFound, Busy.</summary>
    public Task<Outcome<PersonaDetails>> RestoreAsync(string user, string config, string? version, string actor, CancellationToken cancellationToken) =>
        ChangeAsync(user, rows => rows.Where(row => row.Config == config), async (context, rows) =>
        {
            if (rows.Find(row => row.Id == version) is not { } chosen) return new Fault(ErrorCode.NotFound, "There is no such version.", null, "Look at those there are.");
            await PutBackAsync(context, rows);
            chosen.State = PersonaArchiveState.Current;
            events.Add(context, new HouseEvent(EventKinds.PersonaRestored, $"'{config}' of '{user}' was taken back to what was saved at {chosen.SavedAt:u} on '{chosen.Machine}'.", actor) { User = user });
            return null;
        }, cancellationToken);

    /// <summary>Has the next desktop get what the image says; what was kept stays as an earlier version. Faults: NotFound, Busy.</summary>
    public Task<Outcome<PersonaDetails>> ResetAsync(string user, string config, string actor, CancellationToken cancellationToken) =>
        ChangeAsync(user, rows => rows.Where(row => row.Config == config), async (context, rows) =>
        {
            if (rows.Count == 0) return new Fault(ErrorCode.NotFound, $"Nothing of '{config}' is kept.");
            await PutBackAsync(context, rows);
            events.Add(context, new HouseEvent(EventKinds.PersonaReset, $"'{config}' of '{user}' was reset.", actor) { User = user });
            return null;
        }, cancellationToken);

    /// <summary>Removes everything that is kept of a user, for good. Faults: NotFound, Busy.</summary>
    public async Task<Outcome<PersonaDetails>> RemoveAsync(string user, string actor, CancellationToken cancellationToken)
    {
        List<string> gone = [];
        var removed = await ChangeAsync(user, rows => rows, (context, rows) =>
        {
            gone = rows.ConvertAll(row => row.Id);
            context.PersonaArchives.RemoveRange(rows);
            events.Add(context, new HouseEvent(EventKinds.PersonaRemoved, $"What was kept of the settings of '{user}' was removed.", actor) { User = user });
            return Task.FromResult<Fault?>(null);
        }, cancellationToken);
        // After the rows: what is written down is there.
        if (removed.Fault is null) gone.ForEach(library.Remove);
        return removed;
    }

    private async Task<Outcome<PersonaDetails>> ChangeAsync(
        string user, Func<IQueryable<PersonaArchiveRow>, IQueryable<PersonaArchiveRow>> which, Func<MayflyDbContext, List<PersonaArchiveRow>, Task<Fault?>> change, CancellationToken cancellationToken)
    {
        var fault = await database.WriteAsync(async context =>
        {
            var session = await context.Sessions.SingleOrDefaultAsync(s => s.User == user && s.PersonaOpen, cancellationToken);
            if (session is { EndedAt: not null } or { Persona: { Loaded: false, Fault: null } })
                return new Fault(ErrorCode.Busy, "The settings are being brought or saved.", $"A desktop on '{session.Machine}' is opening or has just ended.", "Try again in a moment.");
            var rows = await which(context.PersonaArchives.Where(a => a.User == user)).ToListAsync(cancellationToken);
            if (await change(context, rows) is { } refused) return refused;
            if (session is not null) session.Persona = Replace(session.Persona!, [.. rows.Select(row => row.Config)]);
            return null;
        }, cancellationToken);
        if (fault is not null) return fault;
        changes.Announce();
        return await book.FindAsync(user, cancellationToken);
    }

    // At once: there is never more than one that counts.
    private static async Task PutBackAsync(MayflyDbContext context, List<PersonaArchiveRow> rows)
    {
        foreach (var row in rows.Where(row => row.State == PersonaArchiveState.Current)) row.State = PersonaArchiveState.Earlier;
        await context.SaveChangesAsync();
    }

    private static SessionPersona Replace(SessionPersona persona, HashSet<string> configs) =>
        persona with { Parts = [.. persona.Parts.Select(part => configs.Contains(part.Config) ? part with { Replaced = true } : part)] };
}
