using Mayfly.Engine;

namespace Mayfly.Control.Pools;

/// <summary>What is asked of a pool.</summary>
/// <param name="Name">Pool name.</param>
/// <param name="Image">What its machines are forked from.</param>
/// <param name="Spare">Machines kept ready and unassigned.</param>
/// <param name="Maximum">Most machines at any time.</param>
/// <param name="NamePattern">Machine names.</param>
/// <param name="PostSync">Post-sync program and arguments; empty for none.</param>
/// <param name="PostSyncTimeoutSeconds">Its limit in seconds.</param>
/// <param name="Deleting">True when the pool is to go with its last machine.</param>
public sealed record PoolSpec(
    string Name, ImageVersion Image, int Spare, int Maximum, string NamePattern, IReadOnlyList<string> PostSync, int PostSyncTimeoutSeconds,
    bool Deleting);
