using System.Runtime.CompilerServices;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Pushing;

/// <summary>Pushes as seen from outside.</summary>
public sealed class PushReader(HouseDatabase database, HouseChanges changes)
{
    /// <summary>How many of a pool are kept.</summary>
    internal const int Most = 50;

    /// <summary>The pushes of a pool, newest first. Faults: NotFound.</summary>
    public async Task<Outcome<IReadOnlyList<PushView>>> ListAsync(string pool, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var row = await context.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Name == pool, cancellationToken);
        if (row is null) return PoolFaults.NoPool(pool);
        var pushes = await context.Pushes.AsNoTracking().Where(p => p.Pool == pool).OrderByDescending(p => p.AskedAt).Take(Most).ToListAsync(cancellationToken);
        var machines = await MachineTally.Of(context.Machines.Where(m => m.Pool == pool), row).ToListAsync(cancellationToken);
        return pushes.ConvertAll(push => push.ToView(CountOf(push, row, machines)));
    }

    /// <summary>The push in progress or the last one, or null.</summary>
    public async Task<PushView?> LatestAsync(string pool, CancellationToken cancellationToken) =>
        (await ListAsync(pool, cancellationToken)) is { Fault: null } pushes ? pushes.Value.FirstOrDefault(push => push.FinishedAt is null) ?? (pushes.Value.Count == 0 ? null : pushes.Value[0]) : null;

    /// <summary>The latest push now and at each change, until it has ended. Faults: NotFound.</summary>
    public async Task<Outcome<Func<CancellationToken, IAsyncEnumerable<PushView>>>> WatchAsync(string pool, CancellationToken cancellationToken) =>
        await LatestAsync(pool, cancellationToken) is { } push
            ? (Func<CancellationToken, IAsyncEnumerable<PushView>>)(token => FollowAsync(pool, push.Id, token))
            : new Fault(ErrorCode.NotFound, $"The pool '{pool}' has had no push.");

    internal static PushCount CountOf(PushRow push, PoolRow pool, IEnumerable<MachineTally> machines) =>
        push.HasBegun || push.State == PushState.Completed ? PushCount.Of(pool, machines) : default;

    private async IAsyncEnumerable<PushView> FollowAsync(string pool, string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PushView? last = null;
        while (true)
        {
            var changed = changes.Next;
            var found = await ListAsync(pool, cancellationToken);
            var push = found.Fault is null ? found.Value.FirstOrDefault(view => view.Id == id) : null;
            if (push is null) yield break;
            if (push != last) yield return last = push;
            if (push.FinishedAt is not null) yield break;
            await changed.WaitAsync(cancellationToken);
        }
    }
}
