namespace Mayfly.Engine.Limits;

/// <summary>Finds where control groups of version 2 are mounted.</summary>
internal static class ControlGroupMount
{
    private const int MountPoint = 4;

    /// <summary>The mount point, the one below /sys if there are several; null when there is none.</summary>
    /// <param name="mounts">Lines of /proc/self/mountinfo.</param>
    public static string? Find(IEnumerable<string> mounts) => mounts
        .Where(line => line.Contains(" - cgroup2 ", StringComparison.Ordinal))
        .Select(line => line.Split(' ')[MountPoint])
        .OrderBy(path => path.StartsWith("/sys/", StringComparison.Ordinal) ? 0 : 1)
        .FirstOrDefault();
}
