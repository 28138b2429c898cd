namespace Mayfly.HouseVmTests.House;

/// <summary>What a house has on this host, seen from outside, without asking it.</summary>
internal static class HostTraces
{
    /// <summary>QEMU processes that have a file of a data directory's machines open.</summary>
    public static IReadOnlyList<int> Processes(string data) =>
        [.. Leftovers.ProcessIds().Where(id => id != Environment.ProcessId && IsMachine(id) && Targets(id).Any(target => target.StartsWith(Path.Combine(data, "machines") + "/", StringComparison.Ordinal)))];

    /// <summary>Open descriptors of a process.</summary>
    public static int Descriptors(int processId) => Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length;

    /// <summary>Memory of a process alone, in bytes.</summary>
    public static long PrivateBytes(int processId) => File.ReadLines($"/proc/{processId}/smaps_rollup")
        .Where(line => line.StartsWith("Private_", StringComparison.Ordinal))
        .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) * 1024);

    /// <summary>Bytes that the files below a directory take on its disk; links are not followed.</summary>
    public static long DiskBytes(string directory) => new DirectoryInfo(directory)
        .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Sum(file => file.Length);

    private static bool IsMachine(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/comm").StartsWith("qemu", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static List<string> Targets(int processId)
    {
        var targets = new List<string>();
        try
        {
            foreach (var link in new DirectoryInfo($"/proc/{processId}/fd").EnumerateFileSystemInfos())
            {
                if (link.LinkTarget is { } target) targets.Add(target);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
        }

        return targets;
    }
}
