using Mayfly.Control.Pools;

namespace Mayfly.Control.Pushing;

/// <summary>Which earlier versions a pool keeps for a rollback.</summary>
internal static class KeptVersions
{
    /// <summary>The kept versions of a pool, newest first, once it has left one. Call when its version is the new one already.</summary>
    public static IEnumerable<string> After(PoolRow pool, string left) =>
        pool.KeptVersions.Prepend(left).Distinct().Where(version => version != pool.Version).Take(pool.Settings.KeepVersions);
}
