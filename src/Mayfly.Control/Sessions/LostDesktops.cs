using Mayfly.Control.Events;
using Mayfly.Control.Hosts;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Sessions;

/// <summary>
/// Desktops on hosts that are lost. They stay their users', who may still see them from elsewhere, until the host is back or the user wants a
/// desktop: then the session ends, and the next one is elsewhere. One that is a user's own can not be had elsewhere.
/// </summary>
public sealed class LostDesktops(IMachineHost host, EventLog events, TimeProvider time)
{
    /// <summary>Ends a session whose machine is on a lost host; false for any other.</summary>
    internal async Task<bool> GiveUpAsync(MayflyDbContext context, SessionRow session, CancellationToken cancellationToken)
    {
        if (!HostFaults.IsLost(host.Find(session.MachineId))) return false;
        var machine = await context.Machines.SingleOrDefaultAsync(m => m.Id == session.MachineId, cancellationToken);
        if (machine is null or { Owner: not null }) return false;
        session.End(SessionEnds.HostLost, time.GetUtcNow());
        machine.User = null;
        events.Add(context, new HouseEvent(
            EventKinds.SessionEnded, $"The session of '{session.User}' on '{machine.Name}' ended because its host '{machine.Host}' is lost.", session.User, session.Pool, machine.Name, Level: "warning")
        {
            User = session.User,
        });
        return true;
    }

    /// <summary>True while a machine that a user had on a lost host is not given up yet, and what was theirs on it is not free.</summary>
    internal async Task<bool> IsGivingUpAsync(MayflyDbContext context, string pool, string user, CancellationToken cancellationToken)
    {
        var had = await context.Machines.Where(m => m.Pool == pool && m.UsedBy == user && m.User == null && m.Owner == null && m.Host != null).Select(m => m.Id).ToListAsync(cancellationToken);
        return had.Exists(id => HostFaults.IsLost(host.Find(id)));
    }
}
