using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Events;
using Mayfly.Control.Machines;

namespace Mayfly.Control.Tests;

/// <summary>Lists in one part, for tests that look at everything.</summary>
internal static class WholeLists
{
    private const int Most = 10_000;

    public static async Task<IReadOnlyList<MachineView>> ListAsync(this MachineCatalog machines, PoolScope scope, CancellationToken cancellationToken) =>
        (await machines.PageAsync(scope, new MachineFilter(), null, Most, cancellationToken)).Items;

    public static async Task<IReadOnlyList<EventView>> ListAsync(this EventLog events, PoolScope scope, long? after, int limit, CancellationToken cancellationToken) =>
        (await events.PageAsync(scope, new EventFilter(), after, null, limit, cancellationToken)).Items;
}
