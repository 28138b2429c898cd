using System.Globalization;
using Mayfly.Agent.Native;

namespace Mayfly.Agent.Attaching;

/// <summary>A file or folder that a program has mapped, open, or stands in.</summary>
/// <param name="Process">Which process.</param>
/// <param name="Program">Its name.</param>
/// <param name="Device">Major and minor number of the file system the program sees it on.</param>
/// <param name="Inode">Number on it.</param>
/// <param name="Path">Its path; without the tree's own when the program holds a tree that was replaced since.</param>
internal sealed record UsedFile(int Process, string Program, string Device, ulong Inode, string Path);

/// <summary>What the programs of the guest use at this moment, the agent left out.</summary>
internal sealed class UsedFiles
{
    // A tree that was replaced shows its files without its own name.
    private static readonly string[] Prefixes = ["", .. AttachPaths.Trees];
    private readonly List<UsedFile> _files;

    private UsedFiles(List<UsedFile> files) => _files = files;

    /// <summary>Looks at all processes.</summary>
    internal static UsedFiles Read()
    {
        var files = new List<UsedFile>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process) || process == Environment.ProcessId)
                continue;
            try
            {
                AddProcess(files, process, folder);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or SystemCallException)
            {
                // It has ended meanwhile.
            }
        }
        return new UsedFiles(files);
    }

    /// <summary>A use of something in a package, or null when there is none.</summary>
    internal UsedFile? OfPackage(string serial) => In(AttachPaths.Package(serial));

    /// <summary>The uses of what lies on the volume.</summary>
    /// <param name="device">Its numbers.</param>
    internal IEnumerable<UsedFile> OfVolume(string device) => _files.Where(file => file.Device == device || IsIn(AttachPaths.Volume, file));

    private UsedFile? In(string root) => _files.Find(file => IsIn(root, file));

    private static bool IsIn(string root, UsedFile file) => Prefixes.Any(prefix => IsAt(root, prefix + file.Path, file));

    // A folder is in use where the image has none of that name: others show the same with and without the package.
    private static bool IsAt(string root, string path, UsedFile file)
    {
        if (!AttachPaths.Trees.Any(tree => path.Length > tree.Length + 1 && path.StartsWith(tree + "/", StringComparison.Ordinal)) || FileStatus.TryOf(root + path) is not { } status)
            return false;
        return status.IsFile ? status.Inode == file.Inode : FileStatus.TryOf(AttachPaths.Base + path) is null;
    }

    private static void AddProcess(List<UsedFile> files, int process, string folder)
    {
        var program = File.ReadAllText($"{folder}/comm").Trim();
        string? last = null;
        // A path can hold all that ends a line elsewhere.
        foreach (var line in File.ReadAllText($"{folder}/maps").Split('\n'))
        {
            if (Mapped(process, program, line) is { } mapped && mapped.Path != last)
            {
                files.Add(mapped);
                last = mapped.Path;
            }
        }
        foreach (var link in Directory.EnumerateFileSystemEntries($"{folder}/fd").Append($"{folder}/cwd").Append($"{folder}/root"))
        {
            if (new FileInfo(link).LinkTarget is { } target && target.StartsWith('/') && FileStatus.TryOfTarget(link) is { } status)
                files.Add(new UsedFile(process, program, status.Device, status.Inode, target));
        }
    }

    /// <summary>"7f00-7f01 r-xp 00000000 fe:00 1234 /usr/lib/x", with numbers of the device in base 16.</summary>
    private static UsedFile? Mapped(int process, string program, string line)
    {
        const int Device = 3, Inode = 4, Fields = 6;
        var at = line.IndexOf('/', StringComparison.Ordinal);
        if (at < 0)
            return null;
        var fields = line.Split(' ', Fields, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < Fields || fields[Device].Split(':') is not [var major, var minor]
            || !int.TryParse(major, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var high) || !int.TryParse(minor, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var low)
            || !ulong.TryParse(fields[Inode], NumberStyles.None, CultureInfo.InvariantCulture, out var inode))
            return null;
        return new UsedFile(process, program, $"{high}:{low}", inode, line[at..]);
    }
}
