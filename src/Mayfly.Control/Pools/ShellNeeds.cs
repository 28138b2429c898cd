using Mayfly.Contracts.Api;
using Mayfly.Engine;

namespace Mayfly.Control.Pools;

/// <summary>How many shells each warm image shall have ready. Kept by pool, so that a look at one needs none of the others.</summary>
/// <param name="most">Most for one image.</param>
internal sealed class ShellNeeds(int most)
{
    private readonly Dictionary<string, IReadOnlyList<(ImageVersion Image, int Spare)>> _pools = [];

    /// <summary>Shells by image.</summary>
    public IReadOnlyDictionary<ImageVersion, int> Wanted =>
        _pools.Values.SelectMany(needs => needs).GroupBy(need => need.Image).ToDictionary(image => image.Key, image => Math.Clamp(image.Sum(need => need.Spare), 1, most));

    /// <summary>Notes what a pool needs now, null when there is none; false when that is what it needed before.</summary>
    public bool Note(string name, PoolRow? pool)
    {
        var needs = pool is { Deleting: false, Provisioning: ProvisioningKind.Instant } ? Of(pool).ToList() : [];
        if (needs.SequenceEqual(_pools.GetValueOrDefault(name, []))) return false;
        if (needs.Count == 0) _pools.Remove(name);
        else _pools[name] = needs;
        return true;
    }

    private static IEnumerable<(ImageVersion Image, int Spare)> Of(PoolRow pool)
    {
        yield return (new ImageVersion(pool.Image, pool.Version), pool.Settings.Spare);
        if (pool.CanaryVersion is { } canary) yield return (new ImageVersion(pool.Image, canary), 1);
    }
}
