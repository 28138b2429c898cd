using Mayfly.Contracts.Api;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Machines;

/// <summary>
/// Decides at log-off what becomes of a machine: a floating one goes; a dedicated one stays for its owner, or gets a fresh disk when its
/// pool's rule says so or its image version is not the pool's any more.
/// </summary>
public sealed class MachineRefresh(HouseDatabase database, IMachineHost host, TimeProvider time)
{
    private const long BytesPerMib = 1L << 20;

    /// <summary>Own disk writes of a session's machine in bytes when its pool's rule asks for them, else 0. Read before the log-off's transaction.</summary>
    internal async Task<long> MeasureAsync(string sessionId, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var session = await context.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == sessionId && s.EndedAt == null, cancellationToken);
        if (session is null) return 0;
        var pool = await context.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Name == session.Pool, cancellationToken);
        if (pool is not { Assignment: PoolAssignment.Dedicated, Settings.Refresh: RefreshRule.AtDiskSize }) return 0;
        var usage = await host.MeasureAsync(cancellationToken);
        return usage.Machines.FirstOrDefault(machine => machine.MachineId == session.MachineId)?.DiskBytes ?? 0;
    }

    /// <summary>Marks a machine whose session has ended. True when it is to be destroyed now.</summary>
    internal async Task<bool> DecideAsync(MayflyDbContext context, MachineRow machine, long diskBytes, CancellationToken cancellationToken)
    {
        var pool = await context.Pools.AsNoTracking().SingleAsync(p => p.Name == machine.Pool, cancellationToken);
        machine.User = null;
        if (pool.Assignment == PoolAssignment.Floating)
        {
            machine.MoveTo(MachineState.Deleting);
            return true;
        }

        var paused = await context.Pushes.AnyAsync(p => p.Pool == pool.Name && p.State == PushState.Paused, cancellationToken);
        if (IsDue(pool.Settings, machine, diskBytes, time.GetUtcNow()) || (machine.Version != pool.VersionFor(machine.Name) && pool.MakesMachines && !paused))
        {
            machine.Remake = true;
            machine.MoveTo(MachineState.Deleting);
            return true;
        }

        if (MachineStates.IsSettled(machine.State)) machine.MoveTo(machine.RunningState);
        return false;
    }

    /// <summary>True when a pool's rule gives a machine a fresh disk now.</summary>
    internal static bool IsDue(PoolSettings settings, MachineRow machine, long diskBytes, DateTimeOffset now) => settings.Refresh switch
    {
        RefreshRule.Always => true,
        RefreshRule.EveryDays => now - (machine.RefreshedAt ?? machine.CreatedAt) >= TimeSpan.FromDays(settings.RefreshDays),
        RefreshRule.AtDiskSize => diskBytes >= settings.RefreshDiskMib * BytesPerMib,
        _ => false,
    };
}
