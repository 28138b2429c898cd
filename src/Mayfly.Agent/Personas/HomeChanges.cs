using Mayfly.Agent.Attaching;
using Mayfly.Agent.Native;

namespace Mayfly.Agent.Personas;

/// <summary>Tells what in a home was changed since a moment, by what the kernel keeps of each file and nobody without its rights can set.</summary>
internal sealed class HomeChanges
{
    // Finding out takes longer than packing then, and the agent does nothing else meanwhile.
    private const int MostFiles = 20_000;
    private const long MostDriftSeconds = 1;
    private readonly TimeSpec _since = Now(Constants.ClockRealtimeCoarse);
    private readonly long _drift = Drift();

    /// <summary>True when something of these files may have been changed, added or removed.</summary>
    internal bool Touch(string home, IEnumerable<string> files)
    {
        // Whoever sets the clock changes what "since" means.
        if (Math.Abs(Drift() - _drift) > MostDriftSeconds)
            return true;
        try
        {
            var left = MostFiles;
            var mounts = MountTable.Read().Below(home);
            return files.Any(file => Touches($"{home}/{file}", mounts, ref left));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Gone between one look and the next, or not to be looked into.
            return true;
        }
    }

    private bool Touches(string path, IReadOnlyList<string> mounts, ref int left)
    {
        // What is mounted in the home is not packed, and whoever asks it may wait for ever.
        if (mounts.Contains(path))
            return false;
        // A name that is no text can not be asked for.
        if (FileStatus.TryOf(path) is not { } status)
            return true;
        if (--left < 0 || status.ChangedAt > _since.Seconds || (status.ChangedAt == _since.Seconds && status.ChangedAtNanoseconds > _since.Nanoseconds))
            return true;
        if (!status.IsFolder)
            return false;
        foreach (var entry in Directory.EnumerateFileSystemEntries(path))
        {
            if (Touches(entry, mounts, ref left))
                return true;
        }
        return false;
    }

    private static long Drift() => Now(Constants.ClockRealtime).Seconds - Now(Constants.ClockBoottime).Seconds;

    private static unsafe TimeSpec Now(int clock)
    {
        TimeSpec now;
        SystemCallException.Check(Libc.ClockGetTime(clock, &now), "clock_gettime");
        return now;
    }
}
