using System.Numerics;
using System.Text.Json;
using Mayfly.Contracts;

namespace Mayfly.Engine.Images;

/// <summary>Reads and writes <c>image.json</c>. What it says is checked: the file may be damaged or come from elsewhere.</summary>
internal static class ImageManifestFile
{
    /// <summary>The file's name in a version's directory.</summary>
    public const string Name = "image.json";

    private const long MaxBytes = 64 * 1024;
    private const long MaxDiskBytes = 64L << 40;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task WriteAsync(string directory, ImageManifest manifest, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(Path.Combine(directory, Name), FileMode.CreateNew, FileAccess.Write);
        await JsonSerializer.SerializeAsync(file, manifest, s_json, cancellationToken);
        file.Flush(flushToDisk: true);
    }

    /// <summary>The version in a directory. Faults: ImageFormatUnsupported, with all that is wrong.</summary>
    public static async Task<Outcome<GoldenImage>> ReadAsync(string directory, ImageVersion id, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileInfo(Path.Combine(directory, Name));
            if (file.Length > MaxBytes)
                return Damaged(id, $"{Name} is larger than {MaxBytes} bytes");
            await using var content = file.OpenRead();
            var manifest = await JsonSerializer.DeserializeAsync<ImageManifest>(content, s_json, cancellationToken);
            var errors = manifest is null ? [$"{Name} is empty"] : Check(directory, manifest).ToArray();
            return errors.Length == 0 ? new GoldenImage(id, directory, manifest!) : Damaged(id, string.Join("; ", errors));
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            return Damaged(id, failure.Message.TrimEnd('.'));
        }
    }

    /// <summary>A manifest whose files are not here yet. Faults: ImageFormatUnsupported, with all that is wrong.</summary>
    public static Outcome<ImageManifest> Parse(string text, ImageVersion id)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<ImageManifest>(text, s_json);
            var errors = manifest is null ? [$"{Name} is empty"] : Values(manifest).Concat(FileNames(manifest).SelectMany(NameErrors)).ToArray();
            return errors.Length == 0 ? manifest! : Damaged(id, string.Join("; ", errors));
        }
        catch (JsonException failure)
        {
            return Damaged(id, failure.Message.TrimEnd('.'));
        }
    }

    private static IEnumerable<string> Check(string directory, ImageManifest manifest) =>
        Values(manifest).Concat(FileNames(manifest).SelectMany(name => FileErrors(directory, name)));

    private static IEnumerable<string> Values(ImageManifest manifest)
    {
        // Null where the record says it cannot be is what a hostile file can bring.
        if (manifest.Source is not ("recipe" or "import" or "machine"))
            yield return "source must be recipe, import or machine";
        if (manifest.Hardware is not { MemoryMib: >= 64 and <= 1 << 20, Cpus: >= 1 and <= 64, VideoMemoryMib: >= 1 and <= 256 } hardware
            || !BitOperations.IsPow2(hardware.VideoMemoryMib))
            yield return "hardware is missing or out of range";
        if (manifest.Disk is not { Format: "raw" or "qcow2", VirtualBytes: > 0 and <= MaxDiskBytes, Sha256.Length: 64 } disk
            || !disk.Sha256.All(char.IsAsciiHexDigitLower) || disk.Layers is not { Count: <= ImageDisk.MostLayers })
            yield return "disk is missing or out of range";
        if (manifest.Settle is not { QuietSeconds: >= 0, BusyPercent: >= 0 and <= 100, TimeoutSeconds: > 0 })
            yield return "settle is missing or out of range";
        if (manifest.Boot is { } boot && (boot.CommandLine is null || boot.CommandLine.Any(char.IsControl)))
            yield return "boot.commandLine is missing or holds control characters";
    }

    private static IEnumerable<string?> FileNames(ImageManifest manifest)
    {
        if (manifest.Disk is not null)
        {
            yield return manifest.Disk.File;
            foreach (var layer in manifest.Disk.Layers ?? [])
                yield return layer;
        }

        if (manifest.Boot is not null)
        {
            yield return manifest.Boot.Kernel;
            yield return manifest.Boot.Initrd;
        }
    }

    private static IEnumerable<string> FileErrors(string directory, string? name)
    {
        foreach (var error in NameErrors(name))
        {
            yield return error;
            yield break;
        }

        if (new FileInfo(Path.Combine(directory, name!)) is not { Exists: true, LinkTarget: null })
            yield return $"the file {name} is missing or not a plain file";
    }

    private static IEnumerable<string> NameErrors(string? name)
    {
        if (string.IsNullOrEmpty(name) || name is "." or ".." || name.Contains('/') || name.Any(char.IsControl))
            yield return "a file name leads out of the version's directory";
    }

    private static Fault Damaged(ImageVersion id, string why) => new(
        ErrorCode.ImageFormatUnsupported,
        $"The image {id} is damaged.",
        $"{why}.",
        $"Build or import it again; the version's directory can be removed.");
}
