using System.Globalization;
using Mayfly.Contracts;

namespace Mayfly.Engine.Images;

/// <summary>Refuses work that the disk cannot hold, before it begins.</summary>
internal static class DiskSpace
{
    // Programs write a megabyte at a time and fail before the last byte is used.
    private const long Least = 1 << 20;

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

    /// <summary>True when a directory's file system has no room for anything more. Asked after a program failed: their words differ, this does not.</summary>
    public static bool IsSpent(string directory) => new DriveInfo(directory).AvailableFreeSpace < Least;

    private static string Gib(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GiB");
}
