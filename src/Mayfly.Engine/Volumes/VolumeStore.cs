using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;

namespace Mayfly.Engine.Volumes;

/// <summary>
/// The writable volumes of this host on disk: <c>volumes/ID/volume.qcow2</c>. A volume appears there whole, by one rename. All of it
/// belongs to mayflyd alone: QEMU gets an open descriptor.
/// </summary>
internal sealed class VolumeStore(DataDirectory data)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where volumes lie.</summary>
    public string Root => data.Volumes;

    /// <summary>The file of a volume in its directory, finished or not.</summary>
    public static string FileIn(string directory) => Path.Combine(directory, "volume.qcow2");

    /// <summary>Directory of a volume.</summary>
    public string DirectoryOf(string id) => Path.Combine(Root, id);

    /// <summary>The file of a volume.</summary>
    public string FileOf(string id) => FileIn(DirectoryOf(id));

    /// <summary>Clears away what interrupted work has left. Call at start.</summary>
    public void RemoveLeftovers()
    {
        Directory.CreateDirectory(Root, OwnerOnly | UnixFileMode.UserExecute);
        _ = StagedVersion.RemoveLeftovers(Root);
        foreach (var directory in Directory.EnumerateDirectories(Root).Where(directory => DiskId.IsValid(Path.GetFileName(directory)) && !File.Exists(FileIn(directory))))
            Directory.Delete(directory, recursive: true);
    }

    /// <summary>The file of a volume that is there. Faults: NotFound.</summary>
    public Outcome<string> Find(string id) => DiskId.IsValid(id) && File.Exists(FileOf(id)) ? FileOf(id) : new Fault(ErrorCode.NotFound, $"There is no volume {id} on this host.");

    /// <summary>Ids of all volumes.</summary>
    public IReadOnlyList<string> List() => Directory.Exists(Root)
        ? [.. Directory.EnumerateDirectories(Root).Select(directory => Path.GetFileName(directory)!).Where(id => DiskId.IsValid(id) && File.Exists(FileOf(id)))]
        : [];

    /// <summary>The id of the storage, which is made when there is none.</summary>
    public string StorageId()
    {
        var file = Path.Combine(Root, ".storage");
        try
        {
            // Written elsewhere and linked into place: another host that has it mounted never reads half of it.
            var fresh = file + "." + Guid.NewGuid().ToString("N");
            if (!File.Exists(file))
            {
                File.WriteAllText(fresh, Guid.NewGuid().ToString("N"));
                File.Move(fresh, file, overwrite: false);
            }
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another was quicker.
        }

        return File.ReadAllText(file).Trim();
    }

    /// <summary>Null when a volume of an id can be made. Faults: InvalidRequest, AlreadyExists.</summary>
    public Fault? Reserve(string id) => DiskId.IsValid(id)
        ? Directory.Exists(DirectoryOf(id)) ? Present(id) : null
        : new Fault(ErrorCode.InvalidRequest, $"'{id}' can not be a volume's id.", Remedy: "Use 1 to 36 of a-z and 0-9.");

    /// <summary>Begins a volume.</summary>
    public StagedVersion Stage() => StagedVersion.Create(Root);

    /// <summary>Puts a complete staged volume in its place. Faults: AlreadyExists.</summary>
    public Outcome<Done> Commit(StagedVersion staged, string id)
    {
        File.SetUnixFileMode(FileIn(staged.Directory), OwnerOnly);
        staged.MoveTo(DirectoryOf(id));
        return Directory.Exists(staged.Directory) ? Present(id) : Done.Yes;
    }

    /// <summary>
    /// Puts a complete staged volume in the place of the one that is there, or where none is. By one rename: whatever breaks leaves the one or the
    /// other, and once this has returned that is the new one.
    /// </summary>
    public void Replace(StagedVersion staged, string id)
    {
        var file = FileIn(staged.Directory);
        File.SetUnixFileMode(file, OwnerOnly);
        DurableFile.Flush(file);
        Directory.CreateDirectory(DirectoryOf(id));
        File.Move(file, FileOf(id), overwrite: true);
        DurableFile.FlushDirectory(DirectoryOf(id));
        DurableFile.FlushDirectory(Root);
    }

    /// <summary>Removes a volume; one that is not there is fine.</summary>
    public void Remove(string id)
    {
        if (!DiskId.IsValid(id) || !Directory.Exists(DirectoryOf(id)))
            return;
        File.Delete(FileOf(id));
        Directory.Delete(DirectoryOf(id), recursive: true);
    }

    private static Fault Present(string id) => new(ErrorCode.AlreadyExists, $"There is a volume {id} already.");
}
