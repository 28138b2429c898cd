namespace Mayfly.Contracts.Api;

/// <summary>A pool as seen from outside.</summary>
/// <param name="Name">Unique name, a DNS label.</param>
/// <param name="DisplayName">What users read on its card.</param>
/// <param name="Image">Golden image name.</param>
/// <param name="Version">Image version its machines are forked from.</param>
/// <param name="Spare">Machines kept ready and unassigned.</param>
/// <param name="Maximum">Most machines at any time.</param>
/// <param name="NamePattern">Machine names; {n} is a number, {n:fixed=3} pads it.</param>
/// <param name="PostSync">Program and arguments run in the guest at the end of ClonePrep; empty for none.</param>
/// <param name="PostSyncTimeoutSeconds">Its limit.</param>
/// <param name="Available">Machines ready now.</param>
/// <param name="InUse">Machines with a session.</param>
/// <param name="Total">All machines of the pool.</param>
/// <param name="Problem">Why the pool is not at its wanted shape, or null.</param>
public sealed record PoolView(
    string Name, string DisplayName, string Image, string Version, int Spare, int Maximum, string NamePattern,
    IReadOnlyList<string> PostSync, int PostSyncTimeoutSeconds, int Available, int InUse, int Total, Fault? Problem);

/// <summary>Makes a pool.</summary>
public sealed record CreatePoolRequest
{
    /// <summary>Unique name, a DNS label: 1 to 63 of a-z, 0-9 and '-'.</summary>
    public required string Name { get; init; }

    /// <summary>What users read; the name when null.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Golden image name.</summary>
    public required string Image { get; init; }

    /// <summary>Image version; null takes the newest published one.</summary>
    public string? Version { get; init; }

    /// <summary>Machines kept ready, 0 to <see cref="Maximum"/>.</summary>
    public int Spare { get; init; } = 1;

    /// <summary>Most machines, 1 to 10,000.</summary>
    public int Maximum { get; init; } = 10;

    /// <summary>Machine names; {n} is a number, {n:fixed=3} pads it. Null takes "NAME-{n}".</summary>
    public string? NamePattern { get; init; }

    /// <summary>Program and arguments run in the guest at the end of ClonePrep.</summary>
    public IReadOnlyList<string> PostSync { get; init; } = [];

    /// <summary>Limit of the post-sync program in seconds, 1 to 600.</summary>
    public int PostSyncTimeoutSeconds { get; init; } = 20;
}

/// <summary>Who may use a pool.</summary>
/// <param name="Pool">Pool name.</param>
/// <param name="User">User name.</param>
public sealed record EntitlementView(string Pool, string User);
