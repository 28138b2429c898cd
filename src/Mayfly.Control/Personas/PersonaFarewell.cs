using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Control.Events;
using Mayfly.Control.Machines;
using Mayfly.Control.Sessions;
using Mayfly.Control.Settings;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Personas;

/// <summary>
/// Saves the persona of a machine that is to be destroyed. What can be over soon, such as a full disk, is waited for while the machine
/// stays; a guest that can not pack keeps no machine, and its user has what was saved before.
/// </summary>
public sealed class PersonaFarewell(
    HouseDatabase database, IMachineHost host, IPersonaLibrary library, PersonaHistory history, FlexConfigBook configs, SettingsStore settings, EventLog events, TimeProvider time)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Saves what is to be saved of a machine. One without a persona, or whose persona was not loaded, has nothing to save.</summary>
    /// <param name="machineId">Which.</param>
    /// <param name="waits">False gives up at once, for a house that stops.</param>
    internal async Task SaveAsync(string machineId, bool waits = true)
    {
        if (host.Find(machineId) is not { Ready: true, Trouble: null } || await SessionAsync(machineId) is not { } session) return;
        if (await TrySaveAsync(session, waits ? Longest : TimeSpan.Zero) is { } fault)
        {
            await events.RecordAsync(new HouseEvent(
                EventKinds.PersonaNotSaved, $"The settings of '{session.User}' on '{session.Machine}' were not saved. {fault}", Pool: session.Pool, Machine: session.Machine, Level: "error")
            {
                User = session.User,
            }, CancellationToken.None);
        }
    }

    private async Task<Fault?> TrySaveAsync(SessionRow session, TimeSpan longest)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var quota = (await settings.ReadAsync(CancellationToken.None)).PersonaQuotaMib;
            // No token: the machine waits for it.
            var outcome = await library.SaveAsync(session.MachineId, await ToSaveAsync(session.Id), quota, CancellationToken.None);
            if (outcome.TryGet(out var saved, out var fault))
            {
                await history.KeepAsync(session, saved);
                return null;
            }

            if (fault.Code is not (ErrorCode.HostDiskLow or ErrorCode.Busy) || time.GetElapsedTime(start) > longest) return fault;
            await Task.Delay(Again, time);
        }
    }

    /// <summary>
    /// What could not be loaded is not saved: what is there in its place is not its user's. Nor is what its user has meanwhile chosen another
    /// version of.
    /// </summary>
    private async Task<List<PersonaFiles>> ToSaveAsync(string sessionId)
    {
        await using var context = await database.ReadAsync(CancellationToken.None);
        var session = await context.Sessions.AsNoTracking().SingleAsync(s => s.Id == sessionId);
        var parts = session.Persona!.Parts.Where(part => part is { Fault: null, Replaced: false }).Select(part => part.Config).ToHashSet();
        return [.. (await configs.ReadAsync(CancellationToken.None)).Where(config => parts.Contains(config.Name)).Select(config => config.ToFiles())];
    }

    private async Task<SessionRow?> SessionAsync(string machineId)
    {
        await using var context = await database.ReadAsync(CancellationToken.None);
        return await context.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.MachineId == machineId && s.PersonaOpen) is { Persona.Loaded: true } session ? session : null;
    }
}
