using Mayfly.Agent.Native;

namespace Mayfly.Agent.Running;

/// <summary>The environment programs run in, and the search along its PATH.</summary>
internal static class ProgramFinder
{
    private static readonly string[] Folders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>The whole environment of a program the agent runs.</summary>
    internal static readonly string[] Environment =
        [$"PATH={string.Join(':', Folders)}", "HOME=/root", "USER=root", "LOGNAME=root", "SHELL=/bin/sh", "LANG=C.UTF-8", "TERM=dumb"];

    /// <summary>Full path of a program; null when it is not found or not executable.</summary>
    internal static string? Find(string program)
    {
        if (program.Contains('/', StringComparison.Ordinal))
            return Usable(program) ? program : null;
        foreach (var folder in Folders)
        {
            var path = $"{folder}/{program}";
            if (Usable(path))
                return path;
        }
        return null;
    }

    private static bool Usable(string path) => Libc.Access(path, Constants.Executable) == 0 && !Directory.Exists(path);
}
