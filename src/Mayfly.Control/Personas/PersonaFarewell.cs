using Mayfly.Contracts;
using Mayfly.Control.Events;
using Mayfly.Control.Hosts;
using Mayfly.Control.Sessions;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Personas;

/// <summary>
/// Saves the persona of a machine that is to be destroyed. What can be over soon, such as a full disk or a host that does not answer, is waited for
/// while the machine stays; a guest that can not pack keeps no machine, and its user has what was saved before.
/// </summary>
public sealed class PersonaFarewell(HouseDatabase database, IMachineHost host, PersonaSaving saving, EventLog events, TimeProvider time)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Saves what is to be saved of a machine. One without a persona, or whose persona was not loaded, has nothing to save.</summary>
    /// <param name="machineId">Which.</param>
    /// <param name="waits">False gives up at once, for a house that stops.</param>
    internal async Task SaveAsync(string machineId, bool waits = true)
    {
        if (host.Find(machineId) is not { Ready: true } machine || await SessionAsync(machineId) is not { } session) return;
        if ((machine.Trouble ?? await TrySaveAsync(session, waits ? Longest : TimeSpan.Zero)) is { } fault)
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
            // No token: the machine waits for it.
            var fault = await saving.SaveAsync(session, last: true, CancellationToken.None);
            if (!IsSoonOver(fault, session.MachineId) || time.GetElapsedTime(start) > longest) return fault;
            await Task.Delay(Again, time);
        }
    }

    /// <summary>True for what waiting helps against: also against a host's silence, until it is lost.</summary>
    private bool IsSoonOver(Fault? fault, string machineId) => fault switch
    {
        { Code: ErrorCode.HostDiskLow or ErrorCode.Busy } => true,
        { Code: ErrorCode.HostUnreachable } => host.Find(machineId) is { } machine && !HostFaults.IsLost(machine),
        _ => false,
    };

    private async Task<SessionRow?> SessionAsync(string machineId)
    {
        await using var context = await database.ReadAsync(CancellationToken.None);
        return await context.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.MachineId == machineId && s.PersonaOpen) is { Persona.Loaded: true } session ? session : null;
    }
}
