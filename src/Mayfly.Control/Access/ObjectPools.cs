using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Access;

/// <summary>Which pool a thing belongs to, and with it who may do what with the thing.</summary>
public sealed class ObjectPools(HouseDatabase database)
{
    /// <summary>The pool of a machine by its name, or null.</summary>
    public async Task<string?> OfMachineAsync(string machine, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Machines.Where(m => m.Name == machine).Select(m => m.Pool).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The pool of a session, or null.</summary>
    public async Task<string?> OfSessionAsync(string session, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Sessions.Where(s => s.Id == session).Select(s => s.Pool).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>What decides about a machine's screen, in one read; null when there is no such machine.</summary>
    /// <param name="machineId">The machine.</param>
    /// <param name="sessionId">The session its screen is to be seen for, or null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<ScreenFacts?> OfScreenAsync(string machineId, string? sessionId, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var found = await context.Machines.AsNoTracking().Where(m => m.Id == machineId)
            .Join(context.Pools.AsNoTracking(), machine => machine.Pool, pool => pool.Name, (machine, pool) => new
            {
                pool.Name,
                pool.Settings,
                User = context.Sessions.Where(s => s.Id == sessionId && s.MachineId == machineId && s.EndedAt == null).Select(s => s.User).SingleOrDefault(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : new ScreenFacts(found.Name, found.User, found.Settings.Clipboard);
    }
}
