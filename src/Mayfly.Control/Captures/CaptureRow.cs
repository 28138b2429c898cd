using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Captures;

/// <summary>
/// A capture as stored. Its machine belongs to no pool: this row is what it is known by, from before it is made until it is destroyed,
/// which is when <see cref="EndedAt"/> is set.
/// </summary>
public sealed class CaptureRow
{
    public required string Id { get; init; }

    public required string App { get; init; }

    public required string Version { get; init; }

    public required string Image { get; init; }

    /// <summary>Version of the golden image its machine is forked from.</summary>
    public required string ImageVersion { get; init; }

    public required string MachineId { get; init; }

    /// <summary>Id of the package it becomes.</summary>
    public required string PackageId { get; init; }

    /// <summary>What was asked for.</summary>
    public required BeginCaptureRequest Request { get; init; }

    public CaptureState State { get; set; }

    public string? StartedBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When its machine was gone after it came to its end, or null.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public Fault? Fault { get; set; }

    /// <summary>True when it goes to its end without hands.</summary>
    internal bool Unattended => Request.Packages.Count > 0 || Request.Files.Count > 0 || Request.Script is not null;

    /// <summary>True once nothing but the removal of its machine is left to do.</summary>
    internal bool IsOver => State is CaptureState.Done or CaptureState.Failed or CaptureState.Cancelled;

    internal CaptureView ToView(string? step) => new(Id, App, Version, Image, State, IsOver ? null : step, StartedBy, StartedAt, EndedAt, Fault) { Base = Request.Base };
}
