using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Sessions;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Personas;

/// <summary>
/// The parts of a session's persona that are brought when a program starts. One waits until its guest has confirmed that no program went on
/// without it: until then it is not saved.
/// </summary>
public sealed partial class ProgramStarts(
    HouseDatabase database, IMachineHost host, PersonaLoading loading, PersonaSaving saving, FlexConfigBook configs, EventLog events, HouseChanges changes, TimeProvider time, ILogger<ProgramStarts> logger)
{
    /// <summary>What the guest of a session shall watch; nothing when it is not open.</summary>
    internal async Task<IReadOnlyList<ProgramPart>> PartsAsync(string sessionId, CancellationToken cancellationToken)
    {
        if (await OpenAsync(sessionId, cancellationToken) is not { Persona: { Loaded: true } persona }) return [];
        var parts = persona.Parts.ToDictionary(part => part.Config);
        return
        [
            .. (await configs.ReadAsync(cancellationToken)).Where(config => config.Programs.Count > 0 && parts.ContainsKey(config.Name))
                .Select(config => config.ToProgramPart(ready: !parts[config.Name].Waiting)),
        ];
    }

    /// <summary>Has the guest watch them, and writes down what it tells of those that still wait. Faults: those of the guest.</summary>
    internal async Task<Fault?> WatchAsync(SessionRow session, IReadOnlyList<ProgramPart> parts, CancellationToken cancellationToken)
    {
        var watched = await host.WatchProgramsAsync(session.MachineId, parts, cancellationToken);
        if (!watched.TryGet(out var told, out var fault)) return fault;
        await ChangeAsync(session.Id, part => part.Waiting && (told.Ready.Contains(part.Config) || told.Late.Contains(part.Config)), part => part with
        {
            Waiting = false,
            Fault = told.Late.Contains(part.Config) ? Late(part.Config) : part.Fault,
        });
        return null;
    }

    /// <summary>Brings what a program waits for; what could not be brought is told, and is not saved.</summary>
    internal async Task BringAsync(SessionRow session, string config, CancellationToken cancellationToken)
    {
        // What its user chose until now is what is brought; what they choose from now on is not saved over.
        await ChangeAsync(session.Id, part => part.Config == config, part => part with { Replaced = false });
        var brought = await loading.BringAsync(session, config, cancellationToken);
        // A fault is there before the program goes on.
        await ChangeAsync(session.Id, part => part.Config == config, part => brought with { Replaced = part.Replaced, Waiting = brought.Fault is null });
        if (brought.Fault is not null) return;
        var parts = await PartsAsync(session.Id, cancellationToken);
        if (await WatchAsync(session, [.. parts.Select(part => part.Name == config ? part with { Ready = true } : part)], cancellationToken) is { } fault) LogNotTold(session.Machine, config, fault.ToString());
    }

    /// <summary>Saves what belongs to a program that has ended; false when there is nothing to save of it.</summary>
    internal async Task<bool> SaveAsync(string sessionId, string config, CancellationToken cancellationToken)
    {
        if (await OpenAsync(sessionId, cancellationToken) is not { PersonaOpen: true } session) return false;
        var saved = await MachineTurn.WhenFreeAsync(time, () => saving.SaveAsync(session, last: false, cancellationToken, config), fault => fault, cancellationToken);
        // The log-off tries again, and tells.
        if (saved is { } fault) LogNotSaved(session.User, session.Machine, config, fault.ToString());
        return true;
    }

    private async Task<SessionRow?> OpenAsync(string sessionId, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == sessionId && s.EndedAt == null, cancellationToken);
    }

    /// <summary>Changes parts of an open session, and tells of those that can not be had from now on. No token: it has happened.</summary>
    private async Task ChangeAsync(string sessionId, Func<SessionPersonaPart, bool> which, Func<SessionPersonaPart, SessionPersonaPart> change)
    {
        var changed = await database.WriteAsync(async context =>
        {
            var row = await context.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.EndedAt == null);
            if (row?.Persona is not { } persona || !persona.Parts.Any(which)) return false;
            var before = persona.Parts;
            row.Persona = persona with { Parts = [.. before.Select(part => which(part) ? change(part) : part)] };
            foreach (var part in row.Persona.Parts.Except(before).Where(part => part.Fault is not null)) events.Add(context, PersonaLoading.NotLoaded(row, part.Fault!));
            return true;
        }, CancellationToken.None);
        if (changed) changes.Announce();
    }

    private static Fault Late(string config) => new(
        ErrorCode.PersonaUnusable, $"{config} did not come before its program was started.", "Bringing it took too long, so the program began without it.",
        "Log off and open the desktop again: what was saved before is still there.");

    [LoggerMessage(352, LogLevel.Warning, "A program on '{Machine}' is not told yet that '{Config}' is there: {Fault}")]
    private partial void LogNotTold(string machine, string config, string fault);

    [LoggerMessage(353, LogLevel.Warning, "'{Config}' of '{User}' on '{Machine}' was not saved when its program had ended: {Fault}")]
    private partial void LogNotSaved(string user, string machine, string config, string fault);
}
