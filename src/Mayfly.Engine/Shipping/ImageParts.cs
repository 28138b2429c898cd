using Mayfly.Contracts;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Publishing;

namespace Mayfly.Engine.Shipping;

/// <summary>The parts of versions that are here.</summary>
internal sealed class ImageParts(DataDirectory data, ImageStore images)
{
    /// <summary>One part. Faults: NotFound, ImageFormatUnsupported, ImageNotPublished, WarmImageCorrupt.</summary>
    public async Task<Outcome<ImagePart>> FindAsync(ImageVersion id, ShippingPart part, CancellationToken cancellationToken)
    {
        if (!(await images.FindAsync(id.Name, id.Version, cancellationToken)).TryGet(out var golden, out var missing))
            return missing;
        if (part == ShippingPart.Golden)
            return ImagePart.Golden(golden.Directory, golden.Manifest);
        var files = WarmFiles.Of(data, id);
        var warm = await WarmImageLoader.ReadManifestAsync(id, files, cancellationToken);
        return warm.Fault is { } fault ? fault : ImagePart.Warm(files.Directory);
    }

    /// <summary>All there are: those of one version first, then its image's from the newest, then all others.</summary>
    public async Task<IReadOnlyList<ImagePart>> AllAsync(ImageVersion first, CancellationToken cancellationToken)
    {
        var catalog = await images.ListAsync(cancellationToken);
        var ordered = catalog.Images
            .OrderByDescending(golden => golden.Id == first)
            .ThenByDescending(golden => golden.Id.Name == first.Name)
            .ThenByDescending(golden => golden.Manifest.CreatedAt);
        return [.. ordered.SelectMany(golden => (ImagePart[])[
            ImagePart.Golden(golden.Directory, golden.Manifest), ImagePart.Warm(WarmFiles.Of(data, golden.Id).Directory)])];
    }
}
