using System.Runtime.CompilerServices;
using Mayfly.Contracts.Api;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Sessions;

/// <summary>What a user sees in the portal.</summary>
public sealed class DesktopCards(HouseDatabase database, HouseChanges changes)
{
    /// <summary>The cards of a user: pools they are entitled to and those they have a session in, by display name.</summary>
    public async Task<IReadOnlyList<DesktopCard>> ListAsync(string user, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var sessions = await context.Sessions.AsNoTracking().Where(s => s.User == user && s.EndedAt == null).ToListAsync(cancellationToken);
        var held = sessions.ConvertAll(s => s.Pool);
        var pools = await context.Pools.AsNoTracking()
            .Where(p => !p.Deleting && (held.Contains(p.Name) || context.Entitlements.Any(e => e.Pool == p.Name && e.User == user)))
            .OrderBy(p => p.DisplayName).ThenBy(p => p.Name)
            .Select(p => new { p.Name, p.DisplayName, p.Image, Available = context.Machines.Count(m => m.Pool == p.Name && m.State == MachineState.Available) })
            .ToListAsync(cancellationToken);
        return pools.ConvertAll(p => new DesktopCard(p.Name, p.DisplayName, p.Image, p.Available, sessions.Find(s => s.Pool == p.Name)?.ToView()));
    }

    /// <summary>The cards now and again whenever they have changed, until cancelled.</summary>
    public async IAsyncEnumerable<IReadOnlyList<DesktopCard>> WatchAsync(string user, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<DesktopCard>? last = null;
        while (true)
        {
            var changed = changes.Next;
            var cards = await ListAsync(user, cancellationToken);
            if (last is null || !last.SequenceEqual(cards)) yield return last = cards;
            await changed.WaitAsync(cancellationToken);
        }
    }
}
