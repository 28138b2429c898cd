using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Pools;

/// <summary>A pool as stored.</summary>
public sealed class PoolRow
{
    public required string Name { get; init; }

    public required string Image { get; init; }

    /// <summary>Version its machines shall be of.</summary>
    public required string Version { get; set; }

    public required PoolAssignment Assignment { get; init; }

    public required ProvisioningKind Provisioning { get; init; }

    public required string NamePattern { get; init; }

    public required PoolSettings Settings { get; set; }

    /// <summary>Earlier versions kept for a rollback, newest first.</summary>
    public IReadOnlyList<string> KeptVersions { get; set; } = [];

    public string? CanaryVersion { get; set; }

    /// <summary>Names of the machines that shall be of the canary version.</summary>
    public IReadOnlyList<string> CanaryMachines { get; set; } = [];

    /// <summary>Why making machines was stopped, a <see cref="Fault"/> as JSON, or null.</summary>
    public string? StoppedBy { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>True once its deletion was asked for: it makes and lends no machine any more, and goes with its last one.</summary>
    public bool Deleting { get; set; }

    internal string DisplayName => Settings.DisplayName ?? Name;

    internal bool MakesMachines => !Deleting && Settings.ProvisioningEnabled && StoppedBy is null;

    internal Fault? StopFault => StoppedBy is null ? null : JsonSerializer.Deserialize<Fault>(StoppedBy);

    /// <summary>The version a machine of some name shall be of.</summary>
    internal string VersionFor(string machine) => CanaryVersion is { } canary && CanaryMachines.Contains(machine) ? canary : Version;

    /// <summary>Stops making machines.</summary>
    internal void Stop(Fault why) => StoppedBy = JsonSerializer.Serialize(why);
}
