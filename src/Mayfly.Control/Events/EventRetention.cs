using Mayfly.Control.Settings;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Events;

/// <summary>Removes events that are older than the settings of the house say, and the oldest beyond <see cref="EventLog.Kept"/>.</summary>
public sealed class EventRetention(HouseDatabase database, SettingsStore settings, TimeProvider time)
{
    private const int Portion = 500;

    /// <summary>Removes what is not to be kept any more. Looks first, and takes the writer's turn only when there is something to remove.</summary>
    public async Task TrimAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - TimeSpan.FromDays((await settings.ReadAsync(cancellationToken)).EventDays);
        long last;
        await using (var context = await database.ReadAsync(cancellationToken))
            last = await LastToGoAsync(context, oldest, cancellationToken);
        if (last == 0) return;
        await database.WriteAsync(context => context.Events.Where(e => e.Id <= last).ExecuteDeleteAsync(cancellationToken), cancellationToken);
    }

    private static async Task<long> LastToGoAsync(MayflyDbContext context, DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        if (await context.Events.MaxAsync(e => (long?)e.Id, cancellationToken) is not { } newest) return 0;
        var first = await context.Events.MinAsync(e => e.Id, cancellationToken);
        var tooMany = newest - first < EventLog.Kept + Portion ? 0 : newest - EventLog.Kept;
        // In the order of their numbers, so that only what goes is looked at. The numbers rise with time, but for a clock set back.
        var young = await context.Events.Where(e => e.At >= oldest).OrderBy(e => e.Id).Select(e => (long?)e.Id).FirstOrDefaultAsync(cancellationToken) ?? newest + 1;
        return Math.Max(tooMany, young > first ? young - 1 : 0);
    }
}
