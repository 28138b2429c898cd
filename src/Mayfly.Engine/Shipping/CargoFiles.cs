namespace Mayfly.Engine.Shipping;

/// <summary>Cargo as it lies here.</summary>
/// <param name="Directory">Where.</param>
/// <param name="Names">Its files, without the manifest.</param>
/// <param name="ManifestName">The manifest's, or null for what has none.</param>
internal sealed record CargoFiles(string Directory, IReadOnlyList<string> Names, string? ManifestName = null)
{
    /// <summary>True for what is written to in place. The time of a file is too coarse to tell its last two writes apart: such a one is read for each offer.</summary>
    public bool Changes { get; init; }

    /// <summary>Text of the manifest; empty for what has none.</summary>
    public async Task<string> ReadManifestAsync(CancellationToken cancellationToken) =>
        ManifestName is null ? "" : await File.ReadAllTextAsync(Path.Combine(Directory, ManifestName), cancellationToken);

    /// <summary>True when an offer is of files of these names.</summary>
    public bool AreOf(ShippingOffer offer) => offer.Files.Select(file => file.Name).SequenceEqual(Names);
}
