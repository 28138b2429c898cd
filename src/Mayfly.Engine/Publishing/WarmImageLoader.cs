using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Engine.Images;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Publishing;

/// <summary>Reads a warm image from disk and verifies every byte of it before anything is forked from it.</summary>
internal static class WarmImageLoader
{
    /// <summary>JSON of the manifest.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, RespectNullableAnnotations = true };

    // A manifest has a few hundred bytes; what is larger is not one.
    private const int MaxManifestBytes = 64 * 1024;

    /// <summary>Reads the manifest alone. Faults: ImageNotPublished, WarmImageCorrupt.</summary>
    public static async Task<Outcome<WarmManifest>> ReadManifestAsync(ImageVersion id, WarmFiles files, CancellationToken cancellationToken)
    {
        if (!File.Exists(files.Manifest))
            return new Fault(ErrorCode.ImageNotPublished, $"{id} is not published.", Remedy: $"Run: mayfly image publish {id.Name}");
        if (new FileInfo(files.Manifest).Length > MaxManifestBytes)
            return Corrupt(id, "Its manifest is too large to be one.");
        return Parse(id, await File.ReadAllTextAsync(files.Manifest, cancellationToken));
    }

    /// <summary>A manifest from its text. Faults: WarmImageCorrupt.</summary>
    public static Outcome<WarmManifest> Parse(ImageVersion id, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<WarmManifest>(text, Json) is { } manifest ? manifest : Corrupt(id, "Its manifest is empty.");
        }
        catch (JsonException error)
        {
            return Corrupt(id, $"Its manifest can not be read: {error.Message}");
        }
    }

    /// <summary>Loads and verifies it all. Faults: WarmImageCorrupt.</summary>
    public static async Task<Outcome<WarmImage>> LoadAsync(
        GoldenImage golden, WarmFiles files, WarmManifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.Shape.MemoryMib < 1)
            return Corrupt(golden.Id, "Its manifest tells an impossible size of memory.");
        var memory = GuestMemory.Create(manifest.Shape.MemoryMib * 1024L * 1024L);
        try
        {
            var problem = await VerifyAsync(golden, files, manifest, memory, cancellationToken);
            if (problem is null)
            {
                GuestMemory.Seal(memory);
                return new WarmImage(golden.Id, golden, files, manifest, memory);
            }

            memory.Dispose();
            return Corrupt(golden.Id, problem);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>Verifies it all and loads nothing. Faults: WarmImageCorrupt.</summary>
    public static async Task<Fault?> CheckAsync(GoldenImage golden, WarmFiles files, WarmManifest manifest, CancellationToken cancellationToken) =>
        await VerifyAsync(golden, files, manifest, null, cancellationToken) is { } problem ? Corrupt(golden.Id, problem) : null;

    private static async Task<string?> VerifyAsync(
        GoldenImage golden, WarmFiles files, WarmManifest manifest, SafeFileHandle? memory, CancellationToken cancellationToken)
    {
        try
        {
            using var stored = File.OpenHandle(files.Memory);
            if (RandomAccess.GetLength(stored) != manifest.Memory.Length
                || (memory is not null && manifest.Memory.Length != RandomAccess.GetLength(memory)))
                return "Its memory file has the wrong length.";
            var disk = GoldenDiskHash.OfAsync(golden, cancellationToken);
            var checks = new (string Part, Task<WarmFile> Found, WarmFile Wanted)[]
            {
                ("memory", LoadAsync(files, stored, memory, cancellationToken), manifest.Memory),
                ("device state", SparseHash.OfAsync(files.State, cancellationToken), manifest.State),
                ("frozen disk", SparseHash.OfAsync(files.FrozenDisk, cancellationToken), manifest.FrozenDisk),
                ("empty overlay", SparseHash.OfAsync(files.EmptyOverlay, cancellationToken), manifest.EmptyOverlay),
            };
            await Task.WhenAll(checks.Select(check => (Task)check.Found).Append(disk));
            if (checks.FirstOrDefault(check => check.Found.Result != check.Wanted) is { Part: { } part })
                return $"The hash of its {part} is not the one in its manifest.";
            return await disk == manifest.BaseDiskSha256 ? null : "The golden image's disk below it has changed.";
        }
        catch (Exception error) when (error is FileNotFoundException or EndOfStreamException)
        {
            return error.Message;
        }
    }

    private static Task<WarmFile> LoadAsync(WarmFiles files, SafeFileHandle stored, SafeFileHandle? memory, CancellationToken cancellationToken) => memory is null
        ? SparseHash.OfAsync(files.Memory, cancellationToken)
        : SparseHash.CopyAsync(stored, memory, RandomAccess.GetLength(memory), cancellationToken);

    /// <summary>WarmImageCorrupt when a file that each fork needs has gone since the image was loaded, otherwise null.</summary>
    public static Fault? MissingFile(WarmImage image)
    {
        string[] needed = [image.Files.State, image.Files.FrozenDisk, image.Files.EmptyOverlay];
        return Array.Find(needed, file => !File.Exists(file)) is { } missing ? Corrupt(image.Id, $"{missing} is gone.") : null;
    }

    private static Fault Corrupt(ImageVersion id, string why) => new(
        ErrorCode.WarmImageCorrupt, $"The warm image of {id} is damaged and is not used.", why, $"Publish it again: mayfly image publish {id.Name}");
}
