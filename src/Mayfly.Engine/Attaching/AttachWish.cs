using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Hosts;

namespace Mayfly.Engine.Attaching;

/// <summary>What a machine shall have plugged in, as disks.</summary>
/// <param name="Packages">Packages in their order.</param>
/// <param name="Volume">The disk that is written to, or null.</param>
/// <param name="Keeps">What the guest is told to keep on it, or null.</param>
internal sealed record AttachWish(IReadOnlyList<AttachedDisk> Packages, AttachedDisk? Volume, VolumeDisk? Keeps)
{
    private const int MostPackages = 64;

    /// <summary>Disks of a capture beside its volume.</summary>
    public IReadOnlyList<AttachedDisk> Others { get; init; } = [];

    /// <summary>All disks.</summary>
    public IEnumerable<AttachedDisk> All => [.. Packages, .. Volume is null ? [] : new[] { Volume }, .. Others];

    /// <summary>What packages and a volume come to.</summary>
    public static AttachWish Of(DataDirectory data, Attachments wanted) => new(
        [.. wanted.Packages.Distinct().Select(id => AttachedDisk.OfPackage(data, id))],
        wanted.Volume is { } volume ? AttachedDisk.OfVolume(data, volume) : null,
        wanted.Volume is { Kind: var kind, VolumeId: var id } ? new VolumeDisk(id, kind is not VolumeKind.Profile, kind is not VolumeKind.Apps) : null);

    /// <summary>What a capture comes to.</summary>
    public static AttachWish Of(DataDirectory data, CaptureDisks disks)
    {
        AttachedDisk[] own = [.. AttachedDisk.OfCapture(disks)];
        return new([.. disks.BasePackage is { } id ? [AttachedDisk.OfPackage(data, id)] : Array.Empty<AttachedDisk>()], own[0], new VolumeDisk(own[0].Serial, Apps: true, Profile: false, Settings: true))
        {
            Others = own[1..],
        };
    }

    /// <summary>True when these can be asked for: not too many, and of ids that name a file of their own.</summary>
    public static bool IsProper(Attachments wanted) =>
        wanted.Packages.Count <= MostPackages && wanted.Packages.All(DiskId.IsValid) && (wanted.Volume is not { } volume || DiskId.IsValid(volume.VolumeId));
}
