using System.Text;

namespace Mayfly.VmTests.House;

/// <summary>What a data directory's machines leave on this host while they exist: looked up from outside, without asking the engine.</summary>
internal static class Traces
{
    /// <summary>Processes that have a file below a directory open; this process is not one of them.</summary>
    public static IReadOnlyList<int> Processes(string directory) =>
        [.. ProcessIds().Where(id => id != Environment.ProcessId && Descriptors(id).Values.Any(target => IsBelow(target, directory)))];

    /// <summary>Direct children of this process that still run or were never reaped.</summary>
    public static IReadOnlyList<string> Children() =>
        [.. ProcessIds().Where(id => ParentOf(id) == Environment.ProcessId).Select(id => $"{id}: {CommandLine(id)}")];

    /// <summary>Bound unix sockets whose names are below a directory.</summary>
    public static IReadOnlyList<string> Sockets(string directory) =>
        [.. File.ReadLines("/proc/net/unix").Where(line => line.Contains(directory + "/", StringComparison.Ordinal))];

    /// <summary>What the descriptors of a process stand for, by number.</summary>
    public static IReadOnlyDictionary<int, string> Descriptors(int processId)
    {
        var found = new Dictionary<int, string>();
        try
        {
            foreach (var link in new DirectoryInfo($"/proc/{processId}/fd").EnumerateFileSystemInfos())
            {
                if (TargetOf(link) is { } target)
                    found[int.Parse(link.Name, System.Globalization.CultureInfo.InvariantCulture)] = target;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or is not ours to look at.
        }

        return found;
    }

    /// <summary>One field of /proc/PID/status.</summary>
    public static string Status(int processId, string field) =>
        File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(field + ":", StringComparison.Ordinal))[(field.Length + 1)..].Trim();

    /// <summary>True when a process may write through one of its descriptors.</summary>
    public static bool IsWritable(int processId, int descriptor)
    {
        var flags = File.ReadLines($"/proc/{processId}/fdinfo/{descriptor}").First(line => line.StartsWith("flags:", StringComparison.Ordinal));
        return (Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & 3) != 0;
    }

    /// <summary>True while a process holds anything; one that has ended and waits for its parent to notice holds nothing.</summary>
    public static bool Runs(int processId)
    {
        try
        {
            return Status(processId, "State")[0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string? TargetOf(FileSystemInfo link)
    {
        try
        {
            return link.LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static bool IsBelow(string target, string directory) => target.StartsWith(directory + "/", StringComparison.Ordinal);

    private static IEnumerable<int> ProcessIds() => Directory.EnumerateDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0).Where(id => id > 0);

    private static int ParentOf(int processId)
    {
        try
        {
            return int.Parse(Status(processId, "PPid"), System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>What a process was started with, its arguments separated by blanks.</summary>
    public static string CommandLine(int processId)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{processId}/cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "(ended)";
        }
    }
}
