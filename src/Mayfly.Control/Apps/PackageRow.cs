using Mayfly.Contracts.Api;
using Mayfly.Engine;

namespace Mayfly.Control.Apps;

/// <summary>A package as stored. Its row is written after its file and removed before it: no row is ever without one.</summary>
public sealed class PackageRow
{
    /// <summary>Id of its file.</summary>
    public required string Id { get; init; }

    public required string App { get; init; }

    public required string Version { get; init; }

    public PackageStage Stage { get; set; }

    /// <summary>Version it was built on, or null.</summary>
    public string? Base { get; init; }

    public string? CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the library has said of it.</summary>
    public required PackageManifest Manifest { get; init; }

    internal PackageView ToView(int machines) => new(
        Id, App, Version, Stage, Manifest.Os, Manifest.Bytes, Manifest.ContentBytes, Manifest.Sha256, Manifest.Programs, Manifest.PrivilegedFiles, CreatedAt, CreatedBy)
    {
        Base = Base,
        Machines = machines,
    };
}
