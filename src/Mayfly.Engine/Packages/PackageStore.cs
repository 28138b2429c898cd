using System.Collections.Concurrent;
using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine.Packages;

/// <summary>
/// The packages of this host on disk: <c>packages/ID</c>. A package appears there whole, by one rename, and is never changed; what is being
/// made lies beside it in <see cref="StagedVersion"/>. Another host may have the same storage mounted: what it makes or removes is seen here too.
/// </summary>
internal sealed partial class PackageStore(DataDirectory data, ILogger<PackageStore> logger)
{
    /// <summary>Mode of package files: QEMU and the process that reads a package as a base get in by an open descriptor, which is judged by it.</summary>
    public const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const string IconFolder = "icons";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    // Each is read once, also one that is damaged: null.
    private readonly ConcurrentDictionary<string, PackageManifest?> _read = new();

    /// <summary>Where packages lie.</summary>
    public string Root => data.Packages;

    /// <summary>All packages, by id.</summary>
    public IReadOnlyList<PackageManifest> All => [.. Ids().Order(StringComparer.Ordinal).Select(Look).OfType<PackageManifest>()];

    /// <summary>True when nothing more can be written.</summary>
    public bool IsFull => DiskSpace.IsSpent(Root);

    /// <summary>The file of a package in its directory, finished or not.</summary>
    public static string FileIn(string directory) => Path.Combine(directory, "package.squashfs");

    /// <summary>What is known of a package, in its directory.</summary>
    public static string ManifestIn(string directory) => Path.Combine(directory, "manifest.json");

    /// <summary>A copy of what a package is made of, while it is made.</summary>
    public static string SourceIn(string directory) => Path.Combine(directory, "source");

    /// <summary>The icon of a program in a package's directory.</summary>
    public static string IconIn(string directory, string programId) => Path.Combine(directory, IconFolder, programId + ".png");

    /// <summary>Clears away what interrupted work has left, and reads what there is. Call at start.</summary>
    public void Load()
    {
        Directory.CreateDirectory(Root);
        _ = StagedVersion.RemoveLeftovers(Root);
        // A removal takes the manifest first: without one there is nothing worth keeping.
        foreach (var directory in Ids().Select(DirectoryOf).Where(directory => !File.Exists(ManifestIn(directory))))
            Directory.Delete(directory, recursive: true);
        _ = All;
    }

    /// <summary>A package. Faults: NotFound.</summary>
    public Outcome<PackageManifest> Find(string id) => DiskId.IsValid(id) && Look(id) is { } manifest ? manifest : Unknown(id);

    /// <summary>Directory of a package.</summary>
    public string DirectoryOf(string id) => Path.Combine(Root, id);

    /// <summary>Null when a package of an id can be made. Faults: InvalidRequest, AlreadyExists.</summary>
    public Fault? Reserve(string id) => DiskId.IsValid(id)
        ? Directory.Exists(DirectoryOf(id)) ? Present(id) : null
        : new Fault(ErrorCode.InvalidRequest, $"'{id}' can not be a package's id.", Remedy: "Use 1 to 36 of a-z and 0-9.");

    /// <summary>Begins a package.</summary>
    public StagedVersion Stage() => StagedVersion.Create(Root);

    /// <summary>Puts a complete staged package in its place. Faults: AlreadyExists.</summary>
    public async Task<Outcome<PackageManifest>> CommitAsync(StagedVersion staged, PackageManifest manifest, CancellationToken cancellationToken)
    {
        await DurableFile.WriteAsync(ManifestIn(staged.Directory), JsonSerializer.SerializeToUtf8Bytes(manifest, s_json), cancellationToken);
        staged.MoveTo(DirectoryOf(manifest.Id));
        if (Directory.Exists(staged.Directory))
            return Present(manifest.Id);
        return manifest;
    }

    /// <summary>Removes a package; one that is not there is fine.</summary>
    public void Remove(string id)
    {
        if (!DiskId.IsValid(id) || Look(id) is null)
            return;
        try
        {
            File.Delete(ManifestIn(DirectoryOf(id)));
            Directory.Delete(DirectoryOf(id), recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another host was quicker.
        }
    }

    /// <summary>HostDiskLow.</summary>
    public Fault Full(string what) => new(ErrorCode.HostDiskLow, what, $"The disk of {Root} is full.", "Remove packages or images, or make room on that disk.");

    private IEnumerable<string> Ids() => Directory.Exists(Root)
        ? Directory.EnumerateDirectories(Root).Select(directory => Path.GetFileName(directory)).Where(DiskId.IsValid)
        : [];

    private PackageManifest? Look(string id)
    {
        if (File.Exists(ManifestIn(DirectoryOf(id))))
            return _read.GetOrAdd(id, (id, store) => store.Read(store.DirectoryOf(id)), this);
        _read.TryRemove(id, out _);
        return null;
    }

    private PackageManifest? Read(string directory)
    {
        try
        {
            using var file = File.OpenRead(ManifestIn(directory));
            return JsonSerializer.Deserialize<PackageManifest>(file, s_json) is { } manifest
                && manifest.Id == Path.GetFileName(directory) && File.Exists(FileIn(directory)) ? manifest : throw new JsonException("It is of another package.");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            LogDamaged(directory, error.Message);
            return null;
        }
    }

    private static Fault Unknown(string id) => new(ErrorCode.NotFound, $"There is no package {id} on this host.");

    private static Fault Present(string id) => new(ErrorCode.AlreadyExists, $"There is a package {id} already.");

    [LoggerMessage(3110, LogLevel.Warning, "Package left out: {Directory}: {Why}")]
    private partial void LogDamaged(string directory, string why);
}
