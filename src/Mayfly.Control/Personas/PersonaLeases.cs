using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Pools;
using Mayfly.Control.Sessions;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Personas;

/// <summary>
/// Which session a persona is saved from: the first of a user that has it, until it has been saved or its machine is gone. One that is opened
/// meanwhile gets the persona to read; one that is opened while it is being saved waits for that.
/// </summary>
public sealed class PersonaLeases
{
    /// <summary>Takes the persona for a new session, in the transaction that lends the machine. A fault when it is being saved, which is over soon.</summary>
    internal async Task<Fault?> TakeAsync(MayflyDbContext context, PoolRow pool, SessionRow session, CancellationToken cancellationToken)
    {
        if (!pool.Settings.Persona) return null;
        var holder = await context.Sessions.AsNoTracking().Where(s => s.User == session.User && s.PersonaOpen).OrderBy(s => s.EndedAt == null).FirstOrDefaultAsync(cancellationToken);
        if (holder is { EndedAt: not null })
            return new Fault(ErrorCode.Busy, "Your settings are being saved.", $"Your desktop on '{holder.Machine}' has just ended.", "Wait a moment.");
        session.Persona = new SessionPersona(Loaded: false, ReadOnly: holder is not null, []);
        session.PersonaOpen = holder is null;
        return null;
    }

    /// <summary>Frees the persona of a machine that is gone, in the transaction that removes its row.</summary>
    internal Task FreeAsync(MayflyDbContext context, string machineId) =>
        context.Sessions.Where(s => s.MachineId == machineId && s.PersonaOpen).ExecuteUpdateAsync(s => s.SetProperty(row => row.PersonaOpen, false));

    /// <summary>Frees those of machines that the house does not know any more.</summary>
    internal Task SweepAsync(MayflyDbContext context, CancellationToken cancellationToken) =>
        context.Sessions.Where(s => s.PersonaOpen && !context.Machines.Any(m => m.Id == s.MachineId)).ExecuteUpdateAsync(s => s.SetProperty(row => row.PersonaOpen, false), cancellationToken);
}
