using Mayfly.Contracts.Api;
using Mayfly.Control.Machines;

namespace Mayfly.Control.Pools;

/// <summary>How many machines of a pool are alike in all that is counted of pools. Counted by the database: a house has more machines than a list of pools should read.</summary>
/// <param name="Pool">Their pool.</param>
/// <param name="Version">Image version they are of.</param>
/// <param name="State">State as stored.</param>
/// <param name="InUse">True when a user has them.</param>
/// <param name="Owned">True when they are somebody's.</param>
/// <param name="Canary">Name of a machine chosen for a canary, each of which stands alone; null for all others.</param>
/// <param name="Count">How many.</param>
internal sealed record MachineTally(string Pool, string Version, MachineState State, bool InUse, bool Owned, string? Canary, int Count)
{
    /// <summary>Counts machines.</summary>
    /// <param name="machines">Which.</param>
    /// <param name="pools">Their pools.</param>
    public static IQueryable<MachineTally> Of(IQueryable<MachineRow> machines, params IReadOnlyCollection<PoolRow> pools)
    {
        var canaries = pools.SelectMany(pool => pool.CanaryMachines).ToList();
        return machines
            .GroupBy(m => new { m.Pool, m.Version, m.State, InUse = m.User != null, Owned = m.Owner != null, Canary = canaries.Contains(m.Name) ? m.Name : null })
            .Select(alike => new MachineTally(alike.Key.Pool, alike.Key.Version, alike.Key.State, alike.Key.InUse, alike.Key.Owned, alike.Key.Canary, alike.Count()));
    }

    /// <summary>The version they should be of.</summary>
    public string VersionWanted(PoolRow pool) => Canary is null ? pool.Version : pool.VersionFor(Canary);
}
