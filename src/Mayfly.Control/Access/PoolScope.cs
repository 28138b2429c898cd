namespace Mayfly.Control.Access;

/// <summary>Where a permission holds: in the whole house, or in some pools.</summary>
public sealed record PoolScope
{
    private readonly IReadOnlySet<string>? _pools;

    private PoolScope(IReadOnlySet<string>? pools) => _pools = pools;

    /// <summary>The whole house, also what is of no pool.</summary>
    public static PoolScope House { get; } = new(pools: null);

    /// <summary>Nowhere.</summary>
    public static PoolScope Nowhere { get; } = new(new HashSet<string>());

    /// <summary>The pools it is limited to, or null for the whole house.</summary>
    public IReadOnlySet<string>? Pools => _pools;

    /// <summary>True when it holds anywhere at all.</summary>
    public bool Any => _pools is null or { Count: > 0 };

    /// <summary>Limited to some pools.</summary>
    public static PoolScope Of(IEnumerable<string> pools) => new(pools.ToHashSet(StringComparer.Ordinal));

    /// <summary>True in a pool; with null, in the whole house.</summary>
    public bool Contains(string? pool) => _pools is null || (pool is not null && _pools.Contains(pool));

    /// <summary>Where either holds.</summary>
    public PoolScope With(PoolScope other) =>
        _pools is null || other._pools is null ? House : new PoolScope(_pools.Union(other._pools).ToHashSet(StringComparer.Ordinal));
}
