namespace Mayfly.Control.Pools;

/// <summary>What to do to bring a pool to its wanted shape.</summary>
internal sealed record PoolPlan
{
    /// <summary>Names of machines to make.</summary>
    public IReadOnlyList<string> Makes { get; init; } = [];

    /// <summary>Ids of machines to make once more: their rows are there, their making failed or was interrupted.</summary>
    public IReadOnlyList<string> Remakes { get; init; } = [];

    /// <summary>Ids of kept machines to turn on.</summary>
    public IReadOnlyList<string> Starts { get; init; } = [];

    /// <summary>Ids of machines to destroy.</summary>
    public IReadOnlyList<string> Destroys { get; init; } = [];

    /// <summary>Ids of machines to destroy and to make anew under their name, for their owner.</summary>
    public IReadOnlyList<string> Rebuilds { get; init; } = [];

    /// <summary>True when more is wanted than there are slots: plan again when one is free.</summary>
    public bool Starved { get; init; }

    /// <summary>True when users wait for it.</summary>
    public bool Waited { get; init; }

    /// <summary>Plan again at this time, or null.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>True when the pool is to be deleted and has no machine left.</summary>
    public bool Remove { get; init; }

    /// <summary>True when machines are to be made or started, now or as soon as there are slots and the rest is over.</summary>
    public bool Wants { get; init; }

    /// <summary>True when there is nothing to do.</summary>
    public bool IsEmpty => Makes.Count + Remakes.Count + Starts.Count + Destroys.Count + Rebuilds.Count == 0;
}
