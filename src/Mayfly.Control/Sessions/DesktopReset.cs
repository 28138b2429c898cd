using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Machines;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Sessions;

/// <summary>Lets a user reset the desktop that is theirs, where its pool allows that.</summary>
public sealed class DesktopReset(HouseDatabase database, MachineActions actions)
{
    /// <summary>
    /// Cuts the power of the caller's machine and turns it on again; one that is not kept is thrown away with its session. Faults: Forbidden
    /// (also for pools that do not exist), NotFound when the caller has no machine in it, Busy, MachineStateWrong, those of a start.
    /// </summary>
    public async Task<Outcome<Done>> ResetAsync(string user, string pool, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var row = await context.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Name == pool && !p.Deleting, cancellationToken);
        var own = await context.Machines.AsNoTracking().FirstOrDefaultAsync(m => m.Pool == pool && (m.User == user || m.Owner == user), cancellationToken);
        var entitled = await Entitlements.EntitlementList.PoolsOf(context, user).ContainsAsync(pool, cancellationToken);
        // Who has a session goes on with it also when the entitlement was taken back since.
        if (row is null || (!entitled && own?.User != user)) return SessionFaults.NotEntitled(pool);
        if (!row.Settings.UsersMayReset) return new Fault(ErrorCode.Forbidden, $"'{row.DisplayName}' can not be reset by its users.", null, "Ask an administrator to reset it.");
        if (own is null) return new Fault(ErrorCode.NotFound, $"You have no desktop in '{row.DisplayName}' to reset.", null, "Open it first.");
        if (own.State is MachineState.Maintenance) return new Fault(ErrorCode.MachineStateWrong, $"'{own.Name}' is held back for maintenance.", null, "Ask an administrator.");
        return await actions.ResetOwnAsync(own.Id, own.Name, user, cancellationToken);
    }
}
