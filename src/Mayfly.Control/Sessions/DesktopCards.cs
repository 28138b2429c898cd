using System.Runtime.CompilerServices;
using Mayfly.Contracts.Api;
using Mayfly.Control.Entitlements;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Sessions;

/// <summary>What a user sees in the portal.</summary>
public sealed class DesktopCards(HouseDatabase database, HouseChanges changes, TimeProvider time)
{
    // However far away the next opening hour is: by then the wall clock may have been set.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The cards of a user: pools they are entitled to and those they have a session in, by display name.</summary>
    public async Task<IReadOnlyList<DesktopCard>> ListAsync(string user, CancellationToken cancellationToken) => (await ReadAsync(user, cancellationToken)).Cards;

    /// <summary>The cards, and when one of them changes without anything happening, or null.</summary>
    private async Task<(IReadOnlyList<DesktopCard> Cards, DateTimeOffset? Until)> ReadAsync(string user, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var sessions = await context.Sessions.AsNoTracking().Where(s => s.User == user && s.EndedAt == null).ToListAsync(cancellationToken);
        var held = sessions.ConvertAll(s => s.Pool);
        var entitled = EntitlementList.PoolsOf(context, user);
        var pools = await context.Pools.AsNoTracking()
            .Where(p => !p.Deleting && (held.Contains(p.Name) || entitled.Contains(p.Name)))
            .Select(p => new { Row = p, Available = context.Machines.Count(m => m.Pool == p.Name && m.State == MachineState.Available && (m.Owner == null || m.Owner == user)) })
            .ToListAsync(cancellationToken);
        var cards = new List<DesktopCard>();
        var now = time.GetUtcNow();
        foreach (var pool in pools.OrderBy(p => p.Row.DisplayName, StringComparer.CurrentCulture).ThenBy(p => p.Row.Name, StringComparer.Ordinal))
        {
            var session = sessions.Find(s => s.Pool == pool.Row.Name);
            var notice = session is null ? null : await NoticeAsync(context, pool.Row, session, cancellationToken);
            cards.Add(new DesktopCard(pool.Row.Name, pool.Row.DisplayName, pool.Row.Image, pool.Available, session?.ToView(notice))
            {
                Assignment = pool.Row.Assignment,
                // A session in progress can be returned to at any hour.
                Closed = session is null ? PoolFaults.Closed(pool.Row, now) : null,
                MayReset = pool.Row.Settings.UsersMayReset,
                Clipboard = pool.Row.Settings.Clipboard,
            });
        }

        return (cards, pools.Min(pool => OpeningTimes.At(pool.Row.Settings.Hours, now).Until));
    }

    /// <summary>What a push that does not wait for log-offs has to say to the user of a machine it will replace.</summary>
    private static async Task<SessionNotice?> NoticeAsync(MayflyDbContext context, PoolRow pool, SessionRow session, CancellationToken cancellationToken)
    {
        var push = await context.Pushes.AsNoTracking().SingleOrDefaultAsync(p => p.Pool == pool.Name && p.FinishedAt == null, cancellationToken);
        if (push?.Notice is not { } notice) return null;
        var version = await context.Machines.Where(m => m.Id == session.MachineId).Select(m => m.Version).SingleOrDefaultAsync(cancellationToken);
        return version == pool.VersionFor(session.Machine) ? null : notice;
    }

    /// <summary>The cards now and again whenever they have changed, until cancelled.</summary>
    public async IAsyncEnumerable<IReadOnlyList<DesktopCard>> WatchAsync(string user, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = "";
        while (true)
        {
            var changed = changes.Next;
            var (cards, until) = await ReadAsync(user, cancellationToken);
            // As they are sent: lists in them are never equal otherwise.
            var text = JsonColumn.Text(cards);
            if (text != last) yield return cards;
            last = text;
            await WaitAsync(changed, until, cancellationToken);
        }
    }

    private async Task WaitAsync(Task changed, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        if (until is not { } due)
        {
            await changed.WaitAsync(cancellationToken);
            return;
        }

        var left = due - time.GetUtcNow();
        if (left <= TimeSpan.Zero) return;
        using var limit = new CancellationTokenSource(left < Longest ? left : Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await changed.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
