using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Shipping;

/// <summary>Sends images of this host. Who asks is as little trusted as who sends.</summary>
internal sealed class ImageSender(ImageParts parts, KeptLists lists) : IImageSender
{
    private const int MostRanges = 1 << 16;

    /// <inheritdoc/>
    public Task<Outcome<ShippingOffer>> OfferAsync(ImageVersion image, ShippingPart part, CancellationToken cancellationToken) => WithAsync<ShippingOffer>(
        image,
        part,
        async (here, list) => new ShippingOffer(image, part, await File.ReadAllTextAsync(here.ManifestPath, cancellationToken), list.Files),
        cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Done>> WriteListAsync(ImageVersion image, ShippingPart part, Stream target, CancellationToken cancellationToken) => WithAsync<Done>(
        image,
        part,
        async (_, list) =>
        {
            await PageListFormat.WriteAsync(list, target, cancellationToken);
            return Done.Yes;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Done>> WritePagesAsync(
        ImageVersion image, ShippingPart part, IReadOnlyList<PageRange> pages, Stream target, CancellationToken cancellationToken) => WithAsync<Done>(
        image,
        part,
        async (here, list) =>
        {
            if (pages.Count > MostRanges || !pages.All(list.Has) || pages.Sum(range => (long)range.Count) > list.Hashes.Length)
                return new Fault(ErrorCode.InvalidRequest, $"{image} has no such pages.");
            var files = new List<SafeFileHandle>();
            try
            {
                files.AddRange(here.Names.Select(name => Open(Path.Combine(here.Directory, name))));
                await PageStream.WriteAsync(list, files, pages, target, cancellationToken);
                return Done.Yes;
            }
            finally
            {
                files.ForEach(file => file.Dispose());
            }
        },
        cancellationToken);

    private static SafeFileHandle Open(string path) => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private async Task<Outcome<T>> WithAsync<T>(
        ImageVersion image, ShippingPart part, Func<ImagePart, PageList, Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        if (!OfferCheck.IsVersion(image))
            return new Fault(ErrorCode.NotFound, "There is no such version of an image.");
        if (!(await parts.FindAsync(image, part, cancellationToken)).TryGet(out var here, out var missing))
            return missing;
        try
        {
            return await work(here, await lists.GetAsync(here, cancellationToken));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or EndOfStreamException)
        {
            return new Fault(ErrorCode.NotFound, $"{image} was removed while it was shipped.", error.Message);
        }
        catch (IOException error) when (DiskFault.When(error, $"The list of {image}'s pages can not be kept.", here.Directory) is { } full)
        {
            return full;
        }
        catch (InvalidDataException error)
        {
            return new Fault(ErrorCode.ImageFormatUnsupported, $"{image} can not be shipped.", error.Message);
        }
    }
}
