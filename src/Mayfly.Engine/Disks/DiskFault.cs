using Mayfly.Contracts;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Disks;

/// <summary>Tells a full disk from all else that can go wrong with files.</summary>
internal static class DiskFault
{
    /// <summary>HostDiskLow when an error says that there is no room, otherwise null.</summary>
    /// <param name="error">The error.</param>
    /// <param name="what">What could not be done, a sentence.</param>
    /// <param name="directory">Where there is no room.</param>
    public static Fault? When(Exception error, string what, string directory) => error is IOException { HResult: Native.ErrorNoSpace or Native.ErrorQuota }
        ? new Fault(ErrorCode.HostDiskLow, what, $"The disk of {directory} is full: {error.Message}", "Unpublish or delete images, or make room on that disk.")
        : null;
}
