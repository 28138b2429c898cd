using Mayfly.Agent.Native;

namespace Mayfly.Agent.Attaching;

/// <summary>Copies a folder with owners, rights and times. What is neither file, folder nor link is left out.</summary>
internal static class TreeCopy
{
    /// <summary>Copies a folder to a path that does not exist yet.</summary>
    internal static void Run(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var entry in new DirectoryInfo(source).EnumerateFileSystemInfos())
        {
            var copy = Path.Combine(target, entry.Name);
            if (entry.LinkTarget is { } where)
                File.CreateSymbolicLink(copy, where);
            else if (entry is DirectoryInfo)
                Run(entry.FullName, copy);
            else if (FileStatus.Of(entry.FullName).IsFile)
                File.Copy(entry.FullName, copy);
            else
                continue;
            KeepOwner(entry, copy);
        }
        KeepOwner(new DirectoryInfo(source), target);
    }

    private static void KeepOwner(FileSystemInfo entry, string copy)
    {
        var status = FileStatus.Of(entry.FullName);
        SystemCallException.Check(Libc.ChangeOwner(copy, status.User, status.Group), $"chown {copy}");
        if (entry.LinkTarget is not null)
            return;
        // After the owner, since a change of owner takes rights away.
        File.SetUnixFileMode(copy, entry.UnixFileMode);
        File.SetLastWriteTimeUtc(copy, entry.LastWriteTimeUtc);
    }
}
