using System.Globalization;
using Mayfly.Contracts;

namespace Mayfly.Engine.Images;

/// <summary>Refuses work that the disk cannot hold, before it begins.</summary>
internal static class DiskSpace
{
    /// <summary>Null when a directory's file system has room, otherwise HostDiskLow.</summary>
    public static Fault? Require(string directory, long bytes, string purpose)
    {
        Directory.CreateDirectory(directory);
        var free = new DriveInfo(directory).AvailableFreeSpace;
        return free >= bytes ? null : new Fault(
            ErrorCode.HostDiskLow,
            $"There is not enough disk space to {purpose}.",
            $"{Gib(bytes)} are needed below {directory}, {Gib(free)} are free.",
            "Free some space, or name another data directory with MAYFLY_DATA.");
    }

    private static string Gib(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GiB");
}
