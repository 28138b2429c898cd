using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Telemetry;

/// <summary>Counts the steps of each logon once its user has seen the first picture; found in the sessions themselves, so that a restart loses none but those under way.</summary>
public sealed class LogonSteps(HouseMeters meters, TimeProvider time)
{
    private const string Last = "first frame";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly DateTimeOffset _began = time.GetUtcNow();
    private HashSet<string> _counted = [];

    /// <summary>Counts those that were completed since it was last called.</summary>
    internal async Task CountAsync(MayflyDbContext context, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - Longest;
        if (since < _began) since = _began;
        var sessions = await context.Sessions.AsNoTracking().Where(s => s.StartedAt >= since).Select(s => new { s.Id, s.Timeline }).ToListAsync(cancellationToken);
        var complete = sessions.FindAll(session => session.Timeline.Any(step => step.Name == Last));
        foreach (var step in complete.Where(session => !_counted.Contains(session.Id)).SelectMany(session => session.Timeline)) meters.Logon(step.Name, step.Seconds);
        _counted = complete.Select(session => session.Id).ToHashSet(StringComparer.Ordinal);
    }
}
