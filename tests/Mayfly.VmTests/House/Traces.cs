namespace Mayfly.VmTests.House;

/// <summary>What a data directory's machines leave on this host while they exist: looked up from outside, without asking the engine.</summary>
internal static class Traces
{
    /// <summary>Processes that have a file below a directory open; this process is not one of them.</summary>
    public static IReadOnlyList<int> Processes(string directory) =>
        [.. ProcessIds().Where(id => id != Environment.ProcessId && Descriptors(id).Values.Any(target => IsBelow(target, directory)))];

    /// <summary>QEMU processes that are direct children of this one, those included that have ended and were never reaped.</summary>
    public static IReadOnlyList<int> ChildMachines() =>
        [.. ProcessIds().Where(id => FieldOr(id, "PPid", "0") == $"{Environment.ProcessId}" && FieldOr(id, "Name", "") is "setpriv" or "qemu-system-x86")];

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
    public static bool Runs(int processId) => FieldOr(processId, "State", "X")[0] is not ('Z' or 'X');

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

    private static string FieldOr(int processId, string field, string absent)
    {
        try
        {
            return Status(processId, field);
        }
        catch (IOException)
        {
            return absent;
        }
    }
}
