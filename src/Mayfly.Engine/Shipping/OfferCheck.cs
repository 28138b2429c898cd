using System.Text.RegularExpressions;
using Mayfly.Contracts;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Images;
using Mayfly.Engine.Publishing;

namespace Mayfly.Engine.Shipping;

/// <summary>Judges offers. They come from elsewhere: all in them may be missing, of any size, and meant to lead somewhere else.</summary>
internal static partial class OfferCheck
{
    private const int LongestManifest = 64 * 1024;
    private const int MostFiles = ImageDisk.MostLayers + 3;

    // The longest disk a recipe may ask for.
    private const long LongestFile = 1L << 40;

    /// <summary>An offer that can be taken at its word. Faults: InvalidRequest, ImageFormatUnsupported, WarmImageCorrupt.</summary>
    public static Outcome<CheckedOffer> Check(ShippingOffer offer)
    {
        if (!IsVersion(offer.Image))
            return Refused("an image", "It names no version of an image.");
        if (offer.Manifest is not { Length: <= LongestManifest } || offer.Files is not { Count: <= MostFiles } files)
            return Refused(offer.Image.ToString(), "Its manifest is missing or too long, or it has too many files.");
        if (!files.All(IsPossible) || files.DistinctBy(file => file.Name).Count() < files.Count || offer.Pages() > PageList.MostPages)
            return Refused(offer.Image.ToString(), "It has a file that no version has, twice the same, or more than there may be.");
        return offer.Part switch
        {
            ShippingPart.Golden => Golden(offer),
            ShippingPart.Warm => Warm(offer),
            _ => Refused(offer.Image.ToString(), "It is of no part of a version."),
        };
    }

    /// <summary>True for names that can become directories.</summary>
    public static bool IsVersion(ImageVersion image) =>
        image is { Name: { } name, Version: { } version } && ImageName.IsValid(name) && ImageName.IsVersion(version);

    /// <summary>An offer, or what came of it, that is not taken.</summary>
    public static Fault Refused(string what, string why) => new(ErrorCode.InvalidRequest, $"The shipment of {what} is refused.", why);

    private static Outcome<CheckedOffer> Golden(ShippingOffer offer)
    {
        if (!ImageManifestFile.Parse(offer.Manifest, offer.Image).TryGet(out var manifest, out var fault))
            return fault;
        return Names(offer).SequenceEqual(ImagePart.Golden("", manifest).Names)
            ? new CheckedOffer(offer, manifest, null)
            : Refused(offer.Image.ToString(), "Its files are not those of its manifest.");
    }

    private static Outcome<CheckedOffer> Warm(ShippingOffer offer)
    {
        if (!WarmImageLoader.Parse(offer.Image, offer.Manifest).TryGet(out var manifest, out var fault))
            return fault;
        long[] lengths = [manifest.Memory.Length, manifest.State.Length, manifest.FrozenDisk.Length, manifest.EmptyOverlay.Length];
        if (!Names(offer).SequenceEqual(ImagePart.Warm("").Names) || !offer.Files.Select(file => file.Length).SequenceEqual(lengths))
            return Refused(offer.Image.ToString(), "Its files are not those of its manifest.");
        return IsPossible(manifest.Shape) && manifest.Memory.Length == manifest.Shape.MemoryMib * 1024L * 1024L
            ? new CheckedOffer(offer, null, manifest)
            : Refused(offer.Image.ToString(), "Its hardware is none that Mayfly makes.");
    }

    private static IEnumerable<string> Names(ShippingOffer offer) => offer.Files.Select(file => file.Name);

    private static bool IsPossible(ShippedFile? file) =>
        file is { Name: { } name, Length: >= 0 and <= LongestFile, Pages: >= 0 } && FileName().IsMatch(name) && file.Pages <= PageHash.Count(file.Length);

    // What is said here becomes arguments of QEMU.
    private static bool IsPossible(MachineShape shape) =>
        shape is { Accelerator: "kvm" or "tcg", Cpus: >= 1 and <= 64, MemoryMib: >= 64 and <= 1 << 20, VideoMemoryMib: >= 1 and <= 256 }
        && shape.CpuModel == CpuModels.Of(shape.Accelerator) && MachineType().IsMatch(shape.MachineType);

    [GeneratedRegex(@"\A(disk\.(raw|qcow2)|layer-[0-9]{1,2}\.qcow2|vmlinuz|initrd|memory|state|(frozen|empty)\.qcow2)\z")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\Apc-q35-[0-9]{1,3}\.[0-9]{1,3}\z")]
    private static partial Regex MachineType();
}
