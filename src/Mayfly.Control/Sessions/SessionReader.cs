using System.Globalization;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Sessions;

/// <summary>Sessions as seen from outside, those that have ended too.</summary>
public sealed class SessionReader(HouseDatabase database)
{
    /// <summary>Sessions, newest first. Faults: InvalidRequest for an <paramref name="after"/> that no page has given.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="after">What the page before has given, or null.</param>
    /// <param name="limit">Most to return.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<Page<SessionView>>> ListAsync(SessionFilter filter, string? after, int limit, CancellationToken cancellationToken)
    {
        if (!TryRead(after, out var at, out var id)) return new Fault(ErrorCode.InvalidRequest, $"'{after}' is no place in the list.", null, "Pass what 'next' has given.");
        await using var context = await database.ReadAsync(cancellationToken);
        var found = Where(context.Sessions.AsNoTracking(), filter);
        var total = await found.CountAsync(cancellationToken);
        if (after is not null) found = found.Where(s => s.StartedAt < at || (s.StartedAt == at && string.Compare(s.Id, id) > 0));
        var rows = await found.OrderByDescending(s => s.StartedAt).ThenBy(s => s.Id).Take(limit + 1).ToListAsync(cancellationToken);
        var page = rows.GetRange(0, Math.Min(limit, rows.Count));
        return new Page<SessionView>(page.ConvertAll(row => row.ToView()), rows.Count > limit ? PlaceOf(page[^1]) : null, total);
    }

    /// <summary>One session. Faults: NotFound.</summary>
    public async Task<Outcome<SessionView>> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var row = await context.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
        return row is null ? SessionFaults.NoSession : row.ToView();
    }

    private static IQueryable<SessionRow> Where(IQueryable<SessionRow> sessions, SessionFilter filter)
    {
        if (filter.Scope.Pools is { } pools)
        {
            var seen = pools.ToList();
            sessions = sessions.Where(s => seen.Contains(s.Pool));
        }

        if (filter.Pool is { } pool) sessions = sessions.Where(s => s.Pool == pool);
        if (filter.User is { } user) sessions = sessions.Where(s => s.User == user);
        if (filter.Machine is { } machine) sessions = sessions.Where(s => s.Machine == machine);
        return filter.State switch
        {
            SessionState.Open => sessions.Where(s => s.EndedAt == null),
            SessionState.Connected => sessions.Where(s => s.EndedAt == null && s.Connected),
            SessionState.Disconnected => sessions.Where(s => s.EndedAt == null && !s.Connected),
            SessionState.Ended => sessions.Where(s => s.EndedAt != null),
            _ => sessions,
        };
    }

    private static string PlaceOf(SessionRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.StartedAt.ToUnixTimeMilliseconds()}.{row.Id}");

    private static bool TryRead(string? place, out DateTimeOffset at, out string id)
    {
        (at, id) = (default, "");
        if (place is null) return true;
        var dot = place.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !long.TryParse(place.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)) return false;
        if (milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()) return false;
        (at, id) = (DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), place[(dot + 1)..]);
        return true;
    }
}
