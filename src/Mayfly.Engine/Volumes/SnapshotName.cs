using System.Globalization;

namespace Mayfly.Engine.Volumes;

/// <summary>Names of snapshots: the moment they were taken, so that their order is that of time.</summary>
internal static class SnapshotName
{
    private const string Format = "yyyyMMdd'T'HHmmssfff'Z'";

    /// <summary>A name for now that comes after those there are, also when the clock was put back.</summary>
    public static string Next(DateTimeOffset now, IEnumerable<VolumeSnapshotFile> present)
    {
        var moment = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        var next = present.Select(snapshot => snapshot.TakenAt.AddMilliseconds(1)).Append(moment).Max();
        return next.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
    }

    /// <summary>The snapshot of a name, or null when it is none of ours.</summary>
    public static VolumeSnapshotFile? Read(string name) =>
        DateTimeOffset.TryParseExact(name, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var taken)
            ? new VolumeSnapshotFile(name, taken)
            : null;
}
