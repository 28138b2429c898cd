using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Packages;

namespace Mayfly.Engine.Shipping;

/// <summary>Packages as cargo. Their icons stay behind: servers alone show them.</summary>
internal sealed class PackageCargo(PackageStore packages) : ICargoStore
{
    /// <inheritdoc/>
    public CargoKind Kind => CargoKind.Package;

    /// <inheritdoc/>
    public Task<Outcome<CargoFiles>> FindAsync(Cargo cargo, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<CargoFiles>>(packages.Find(cargo.Id).Fault is { } missing ? missing : Files(packages.DirectoryOf(cargo.Id)));

    /// <summary>All packages from the newest: which are versions of one application is not known here.</summary>
    public Task<IReadOnlyList<CargoFiles>> AlikeAsync(Cargo cargo, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CargoFiles>>(
        [.. packages.All.OrderByDescending(package => package.CreatedAt).Select(package => Files(packages.DirectoryOf(package.Id)))]);

    /// <inheritdoc/>
    public Outcome<CheckedOffer> Check(ShippingOffer offer)
    {
        try
        {
            return JsonSerializer.Deserialize<PackageManifest>(offer.Manifest, JsonSerializerOptions.Web) is { Programs: not null, PrivilegedFiles: not null } manifest
                && manifest.Id == offer.Cargo.Id && Files("").AreOf(offer) && offer.Files[0].Length == manifest.Bytes
                ? new CheckedOffer(offer) { Package = manifest }
                : OfferCheck.Refused(offer.Cargo, "Its manifest is of another package.");
        }
        catch (JsonException error)
        {
            return OfferCheck.Refused(offer.Cargo, $"Its manifest can not be read: {error.Message}");
        }
    }

    /// <inheritdoc/>
    public Task<Outcome<bool>> IsHereAsync(CheckedOffer offer, ShippingPurpose purpose, CancellationToken cancellationToken)
    {
        if (!packages.Find(offer.Cargo.Id).TryGet(out var here, out _))
            return Task.FromResult<Outcome<bool>>(false);
        return Task.FromResult<Outcome<bool>>(here.Sha256 == offer.Package!.Sha256 ? true : new Fault(
            ErrorCode.AlreadyExists, $"There is another package {offer.Cargo.Id} here already.", "Its content is another.", "Remove it here."));
    }

    /// <summary>Faults: InvalidRequest, PackageInvalid.</summary>
    public async Task<Fault?> CommitAsync(Arrival arrival, Task<Fault?> sound, CancellationToken cancellationToken)
    {
        var manifest = arrival.Offer.Package!;
        var hash = FileHash.Sha256Async(PackageStore.FileIn(arrival.Staging.Files), cancellationToken);
        if (await sound is { } unsound)
            return unsound;
        if (await hash != manifest.Sha256)
            return new Fault(ErrorCode.PackageInvalid, $"The package {manifest.Id} is not what was announced.", "Its hash is another.");
        using var staged = packages.Stage();
        var files = Files(staged.Directory);
        arrival.MoveTo(files);
        File.SetUnixFileMode(PackageStore.FileIn(staged.Directory), PackageStore.Readable);
        await KeptLists.KeepAsync(files, arrival.List!, cancellationToken);
        return (await packages.CommitAsync(staged, manifest, cancellationToken)).Fault;
    }

    private static CargoFiles Files(string directory) =>
        new(directory, [Path.GetFileName(PackageStore.FileIn(directory))], Path.GetFileName(PackageStore.ManifestIn(directory)));
}
