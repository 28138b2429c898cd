using System.Text.RegularExpressions;
using Mayfly.Contracts;
using Mayfly.Engine.Images;

namespace Mayfly.Engine.Shipping;

/// <summary>Judges offers as far as they are alike. They come from elsewhere: all in them may be missing, of any size, and meant to lead somewhere else.</summary>
internal static partial class OfferCheck
{
    private const int LongestManifest = 1 << 20;
    private const int MostFiles = ImageDisk.MostLayers + 3;

    // The longest disk a recipe may ask for, and the largest volume.
    private const long LongestFile = 1L << 40;

    /// <summary>Null for an offer of which the rest is its kind's to judge. Faults: InvalidRequest.</summary>
    public static Fault? Check(ShippingOffer offer)
    {
        if (!offer.Cargo.IsValid)
            return Refused("something", "It names nothing that is shipped.");
        if (offer.Manifest is not { Length: <= LongestManifest } || offer.Digest is not { } digest || !Digest().IsMatch(digest))
            return Refused(offer.Cargo, "Its manifest is missing or too long, or its digest is none.");
        if (offer.Files is not { Count: <= MostFiles } files || !files.All(IsPossible) || files.DistinctBy(file => file.Name).Count() < files.Count)
            return Refused(offer.Cargo, "It has no files, too many, twice the same, or one that nothing has.");
        return offer.Pages() > PageList.MostPages ? Refused(offer.Cargo, "It has more pages than there may be.") : null;
    }

    /// <summary>An offer, or what came of it, that is not taken.</summary>
    public static Fault Refused(Cargo cargo, string why) => Refused(cargo.ToString(), why);

    private static Fault Refused(string what, string why) => new(ErrorCode.InvalidRequest, $"The shipment of {what} is refused.", why);

    private static bool IsPossible(ShippedFile? file) =>
        file is { Name: { } name, Length: >= 0 and <= LongestFile, Pages: >= 0 } && FileName().IsMatch(name) && file.Pages <= PageHash.Count(file.Length);

    [GeneratedRegex(@"\A(disk\.(raw|qcow2)|layer-[0-9]{1,2}\.qcow2|vmlinuz|initrd|memory|state|(frozen|empty|volume)\.qcow2|package\.squashfs)\z")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Digest();
}
