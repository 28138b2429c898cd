using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Engine.Attaching;

/// <summary>What a machine shall have attached.</summary>
/// <param name="Packages">Ids of packages; the first wins where two have the same file.</param>
/// <param name="Volume">The writable volume, or null.</param>
public sealed record Attachments(IReadOnlyList<string> Packages, VolumeAttachment? Volume = null)
{
    /// <summary>Nothing.</summary>
    public static Attachments None { get; } = new([]);
}

/// <summary>A writable volume and what it is for.</summary>
/// <param name="VolumeId">Which.</param>
/// <param name="Kind">What of the user's it keeps.</param>
public sealed record VolumeAttachment(string VolumeId, VolumeKind Kind);

/// <summary>What became of an attach.</summary>
/// <param name="Attached">What the machine has now.</param>
/// <param name="Packages">Why packages that were wanted are not there, or why one that was to go stays, by package id.</param>
/// <param name="Volume">Why the volume is not there, or null.</param>
/// <param name="PackageSeconds">How long packages took.</param>
/// <param name="VolumeSeconds">How long the volume took.</param>
public sealed record AttachResult(
    Attachments Attached, IReadOnlyDictionary<string, Fault> Packages, Fault? Volume, double PackageSeconds, double VolumeSeconds);
