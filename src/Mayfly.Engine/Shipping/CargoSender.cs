using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Shipping;

/// <summary>Sends what this host has. Who asks is as little trusted as who sends.</summary>
internal sealed class CargoSender(CargoStores stores, KeptLists lists) : ICargoSender
{
    private const int MostRanges = 1 << 16;

    /// <inheritdoc/>
    public Task<Outcome<ShippingOffer>> OfferAsync(Cargo cargo, CancellationToken cancellationToken) => WithAsync<ShippingOffer>(
        cargo,
        async here =>
        {
            var list = here.Changes ? await KeptLists.MakeAsync(here, cancellationToken) : await lists.GetAsync(here, cancellationToken);
            return new ShippingOffer(cargo, await here.ReadManifestAsync(cancellationToken), list.Files, list.Digest());
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Done>> WriteListAsync(Cargo cargo, Stream target, CancellationToken cancellationToken) => WithAsync<Done>(
        cargo,
        async here =>
        {
            await PageListFormat.WriteAsync(await lists.GetAsync(here, cancellationToken), target, cancellationToken);
            return Done.Yes;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Done>> WritePagesAsync(Cargo cargo, IReadOnlyList<PageRange> pages, Stream target, CancellationToken cancellationToken) => WithAsync<Done>(
        cargo,
        async here =>
        {
            var list = await lists.GetAsync(here, cancellationToken);
            if (pages.Count > MostRanges || !pages.All(list.Has) || pages.Sum(range => (long)range.Count) > list.Hashes.Length)
                return OfferCheck.Refused(cargo, "It has no such pages.");
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

    private async Task<Outcome<T>> WithAsync<T>(Cargo cargo, Func<CargoFiles, Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        if (!cargo.IsValid)
            return new Fault(ErrorCode.NotFound, "There is no such thing to be shipped.");
        if (!(await stores[cargo].FindAsync(cargo, cancellationToken)).TryGet(out var here, out var missing))
            return missing;
        try
        {
            return await work(here);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or EndOfStreamException)
        {
            return new Fault(ErrorCode.NotFound, $"While it was shipped, {cargo} was removed.", error.Message);
        }
        catch (IOException error) when (DiskFault.When(error, $"The list of the pages of {cargo} can not be kept.", here.Directory) is { } full)
        {
            return full;
        }
        catch (InvalidDataException error)
        {
            return new Fault(ErrorCode.ImageFormatUnsupported, $"There is too much in {cargo} for a shipment.", error.Message);
        }
    }
}
