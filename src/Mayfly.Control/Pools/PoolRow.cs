using System.Text.Json;
using Mayfly.Engine;

namespace Mayfly.Control.Pools;

/// <summary>A pool as stored.</summary>
public sealed class PoolRow
{
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    public required string Image { get; init; }

    public required string Version { get; init; }

    public required int Spare { get; init; }

    public required int Maximum { get; init; }

    public required string NamePattern { get; init; }

    /// <summary>Program and arguments as a JSON array.</summary>
    public required string PostSync { get; init; }

    public required int PostSyncTimeoutSeconds { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>True once its deletion was asked for: it makes and lends no machine any more, and goes with its last one.</summary>
    public bool Deleting { get; set; }

    internal IReadOnlyList<string> PostSyncCommand => JsonSerializer.Deserialize<string[]>(PostSync) ?? [];

    internal PoolSpec ToSpec() =>
        new(Name, new ImageVersion(Image, Version), Spare, Maximum, NamePattern, PostSyncCommand, PostSyncTimeoutSeconds, Deleting);
}
