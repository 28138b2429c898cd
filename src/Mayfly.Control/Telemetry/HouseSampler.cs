using Mayfly.Control.Pools;
using Mayfly.Control.Pushing;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Telemetry;

/// <summary>Looks at the house every 15 s for the gauges, and at each fourth look ends a minute of the history.</summary>
public sealed partial class HouseSampler(
    HouseDatabase database, IMachineHost host, HouseGauges gauges, MetricHistory history, LogonSteps logons, TimeProvider time, ILogger<HouseSampler> logger) : BackgroundService
{
    private const int LooksPerMinute = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var clock = new PeriodicTimer(Pause, time);
        for (var looks = 0; ; looks++)
        {
            try
            {
                // After a first look that failed, the next one measures too.
                await LookAsync(looks % LooksPerMinute == 0 || gauges.Last is null, stoppingToken);
                if (looks > 0 && looks % LooksPerMinute == 0) history.EndMinute(time.GetUtcNow(), gauges.Last!);
            }
#pragma warning disable CA1031 // A look that fails is told, and the next one is not far; metrics must not stop the house.
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFailed(exception);
            }

            await clock.WaitForNextTickAsync(stoppingToken);
        }
    }

    /// <summary>Looks once.</summary>
    /// <param name="memory">True to measure memory too, which takes a read of each machine's page tables.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task LookAsync(bool memory, CancellationToken cancellationToken)
    {
        var usage = memory ? await host.MeasureAsync(cancellationToken) : null;
        await using var context = await database.ReadAsync(cancellationToken);
        var open = await context.Sessions.Where(s => s.EndedAt == null).GroupBy(s => s.Connected)
            .Select(group => new { Connected = group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        var machines = await context.Machines.GroupBy(m => new { m.Pool, m.State })
            .Select(group => new { group.Key.Pool, group.Key.State, Count = group.Count() }).ToListAsync(cancellationToken);
        var last = gauges.Last ?? new HouseSample();
        gauges.Last = new HouseSample
        {
            SessionsOpen = open.Sum(group => group.Count),
            SessionsConnected = open.Where(group => group.Connected).Sum(group => group.Count),
            Machines = machines.ConvertAll(group => (group.Pool, group.State, group.Count)),
            Pushes = await PushesAsync(context, cancellationToken),
            SharedBytes = usage?.SharedBytes ?? last.SharedBytes,
            PrivateBytes = usage?.Machines.Sum(machine => machine.PrivateBytes) ?? last.PrivateBytes,
            FreeBytes = usage?.AvailableBytes ?? last.FreeBytes,
        };
        await logons.CountAsync(context, cancellationToken);
    }

    private static async Task<List<(string Pool, int Replaced, int Remaining)>> PushesAsync(MayflyDbContext context, CancellationToken cancellationToken)
    {
        var found = new List<(string Pool, int Replaced, int Remaining)>();
        var pushes = await context.Pushes.AsNoTracking().Where(p => p.FinishedAt == null)
            .Join(context.Pools.AsNoTracking(), push => push.Pool, pool => pool.Name, (push, pool) => new { push, pool }).ToListAsync(cancellationToken);
        foreach (var entry in pushes)
        {
            var machines = await MachineTally.Of(context.Machines.Where(m => m.Pool == entry.pool.Name), entry.pool).ToListAsync(cancellationToken);
            var count = PushReader.CountOf(entry.push, entry.pool, machines);
            found.Add((entry.pool.Name, count.Replaced, count.Remaining + count.Waiting));
        }

        return found;
    }

    [LoggerMessage(540, LogLevel.Warning, "The house could not be looked at for its metrics")]
    private partial void LogFailed(Exception exception);
}
