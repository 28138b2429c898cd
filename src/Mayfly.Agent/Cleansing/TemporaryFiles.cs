namespace Mayfly.Agent.Cleansing;

/// <summary>What lies in /tmp and /var/tmp and belongs to nobody that runs: the frozen session keeps its sockets, locks and open files.</summary>
internal static class TemporaryFiles
{
    private static readonly string[] Folders = ["/tmp", "/var/tmp"];
    private static readonly string[] Tables = ["/proc/net/unix", "/proc/self/mountinfo"];
    private static readonly string[] KeptPrefixes = [".X", ".ICE-unix", ".font-unix", "systemd-private-", "ssh-", "dbus-", "tmux-", "snap-private-tmp"];

    /// <summary>Removes what is not in use and adds the paths to the list.</summary>
    internal static void Remove(GuestPaths paths, Removal removal)
    {
        var used = InUse(paths);
        foreach (var entry in Folders.Select(paths.In).Where(Directory.Exists).SelectMany(Directory.GetFileSystemEntries))
        {
            var name = Path.GetFileName(entry);
            if (!KeptPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) && !used.Contains(entry))
                removal.Tree(entry);
        }
    }

    // The entries directly under the two folders that some process has open, works in, listens on, or has mounted.
    private static HashSet<string> InUse(GuestPaths paths)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var process in Entries(paths.In("/proc")).Where(entry => char.IsAsciiDigit(Path.GetFileName(entry)[0])))
        {
            Note(paths, used, LinkTarget(process + "/cwd"));
            foreach (var file in Entries(process + "/fd"))
                Note(paths, used, LinkTarget(file));
        }
        foreach (var table in Tables.Select(paths.In).Where(File.Exists))
        {
            foreach (var word in File.ReadAllText(table).Split([' ', '\n']))
                Note(paths, used, word);
        }
        return used;
    }

    private static void Note(GuestPaths paths, HashSet<string> used, string? path)
    {
        foreach (var folder in path is null ? [] : Folders)
        {
            if (path!.StartsWith(folder + "/", StringComparison.Ordinal))
                used.Add(paths.In(string.Concat(folder, "/", path.AsSpan(folder.Length + 1).ToString().Split('/')[0])));
        }
    }

    // Processes end while they are looked at.
    private static string[] Entries(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? LinkTarget(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
