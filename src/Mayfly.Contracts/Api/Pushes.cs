namespace Mayfly.Contracts.Api;

/// <summary>What a push does with machines in use.</summary>
public enum InUseRule
{
    /// <summary>Each is replaced when its user logs off.</summary>
    WaitForLogoff,
    /// <summary>Users are warned, and logged off when the grace time is over.</summary>
    ForceLogoff,
}

/// <summary>How far a push is.</summary>
public enum PushState
{
    /// <summary>The new version is being published beside the old one.</summary>
    Publishing,
    /// <summary>Published; waits for its start time.</summary>
    Scheduled,
    /// <summary>Machines are being replaced.</summary>
    Rolling,
    /// <summary>Held by an administrator, or because too many machines failed.</summary>
    Paused,
    /// <summary>Every machine is of the new version.</summary>
    Completed,
    /// <summary>Given up; machines replaced already went back.</summary>
    Cancelled,
    /// <summary>The new version could not be published.</summary>
    Failed,
}

/// <summary>Moves a pool to another image version, rolling.</summary>
public sealed record PushImageRequest
{
    /// <summary>Version to move to, of the pool's image; null takes the newest. Published first when it is not.</summary>
    public string? Version { get; init; }

    /// <summary>When machines begin to be replaced; null at once. The version is published right away.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>What becomes of machines in use.</summary>
    public InUseRule InUse { get; init; }

    /// <summary>Seconds between warning and forced log-off, 0 to 86,400.</summary>
    public int GraceSeconds { get; init; } = 300;

    /// <summary>What warned users read, at most 200 characters; null takes a sentence of Mayfly's.</summary>
    public string? Warning { get; init; }

    /// <summary>Failed machines in percent of all to be replaced, 1 to 100, at which the push pauses.</summary>
    public int ErrorThresholdPercent { get; init; } = 20;
}

/// <summary>Goes back to an earlier version.</summary>
/// <param name="Version">One of the pool's kept versions; null takes the one before.</param>
/// <param name="InUse">What becomes of machines in use.</param>
/// <param name="GraceSeconds">Seconds between warning and forced log-off, 0 to 86,400.</param>
public sealed record RollbackRequest(string? Version = null, InUseRule InUse = InUseRule.WaitForLogoff, int GraceSeconds = 300);

/// <summary>A push as seen from outside.</summary>
public sealed record PushView
{
    /// <summary>Push id.</summary>
    public required string Id { get; init; }

    /// <summary>Pool name.</summary>
    public required string Pool { get; init; }

    /// <summary>Golden image.</summary>
    public required string Image { get; init; }

    /// <summary>Version before.</summary>
    public required string FromVersion { get; init; }

    /// <summary>Version it moves to.</summary>
    public required string ToVersion { get; init; }

    /// <summary>How far it is.</summary>
    public required PushState State { get; init; }

    /// <summary>What becomes of machines in use.</summary>
    public required InUseRule InUse { get; init; }

    /// <summary>When machines begin, or began, to be replaced.</summary>
    public required DateTimeOffset StartAt { get; init; }

    /// <summary>When users who have not logged off are logged off, or null.</summary>
    public DateTimeOffset? ForceAt { get; init; }

    /// <summary>Failed machines in percent at which it pauses.</summary>
    public required int ErrorThresholdPercent { get; init; }

    /// <summary>Machines of the new version that are ready or in use.</summary>
    public required int Replaced { get; init; }

    /// <summary>Machines of another version that nobody uses.</summary>
    public required int Remaining { get; init; }

    /// <summary>Machines of another version in use: they wait for their log-off.</summary>
    public required int Waiting { get; init; }

    /// <summary>Machines of the new version that could not be made.</summary>
    public required int Failed { get; init; }

    /// <summary>The operation that publishes the version, or null.</summary>
    public string? OperationId { get; init; }

    /// <summary>Who asked.</summary>
    public required string Actor { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Its end, or null.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it failed or paused, or null.</summary>
    public Fault? Fault { get; init; }
}

/// <summary>A second version on chosen machines of a pool.</summary>
/// <param name="Version">The version, published.</param>
/// <param name="Machines">Names of the machines that get it.</param>
/// <param name="Replaced">How many of them have it now.</param>
public sealed record CanaryView(string Version, IReadOnlyList<string> Machines, int Replaced);

/// <summary>Puts a second version on chosen machines.</summary>
/// <param name="Version">A published version of the pool's image.</param>
/// <param name="Machines">Names of machines of the pool, at least one.</param>
public sealed record CanaryRequest(string Version, IReadOnlyList<string> Machines);

/// <summary>Makes the canary the version of the whole pool.</summary>
/// <param name="InUse">What becomes of machines in use.</param>
/// <param name="GraceSeconds">Seconds between warning and forced log-off, 0 to 86,400.</param>
public sealed record PromoteCanaryRequest(InUseRule InUse = InUseRule.WaitForLogoff, int GraceSeconds = 300);
