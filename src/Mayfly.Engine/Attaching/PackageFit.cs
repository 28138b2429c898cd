using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Packages;

namespace Mayfly.Engine.Attaching;

/// <summary>Whether a package can be attached to a guest, by what its manifest says.</summary>
internal sealed class PackageFit(DataDirectory data)
{
    /// <summary>Null when it can. Faults: NotFound, PackageInvalid, PackageForeign.</summary>
    public async Task<Fault?> CheckAsync(string id, string? os, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(PackageStore.ManifestIn(Path.Combine(data.Packages, id)));
            var manifest = await JsonSerializer.DeserializeAsync<PackageManifest>(file, JsonSerializerOptions.Web, cancellationToken);
            return manifest?.Os is { } madeFor && os is not null && madeFor != os
                ? new Fault(
                    ErrorCode.PackageForeign, $"The package {id} was made for {madeFor}.", $"This machine runs {os}.",
                    "Capture the application on an image of that operating system.")
                : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Fault(ErrorCode.NotFound, $"There is no package {id} on this host.");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return new Fault(ErrorCode.PackageInvalid, $"The manifest of the package {id} can not be read.", error.Message, "Import the package again.");
        }
    }
}
