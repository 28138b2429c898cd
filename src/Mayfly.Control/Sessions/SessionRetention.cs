using Mayfly.Control.Settings;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Sessions;

/// <summary>Removes sessions that ended longer ago than the settings of the house say. One that is open is never removed.</summary>
public sealed class SessionRetention(HouseDatabase database, SettingsStore settings, TimeProvider time)
{
    /// <summary>Removes what is not to be kept any more. Looks first, and takes the writer's turn only when there is something to remove.</summary>
    public async Task TrimAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - TimeSpan.FromDays((await settings.ReadAsync(cancellationToken)).SessionDays);
        await using (var context = await database.ReadAsync(cancellationToken))
            if (!await Over(context, oldest).AnyAsync(cancellationToken)) return;
        await database.WriteAsync(context => Over(context, oldest).ExecuteDeleteAsync(cancellationToken), cancellationToken);
    }

    private static IQueryable<SessionRow> Over(MayflyDbContext context, DateTimeOffset oldest) => context.Sessions.Where(s => s.EndedAt != null && s.EndedAt < oldest);
}
