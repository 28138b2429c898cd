using System.Globalization;

namespace Mayfly.Agent.Settling;

/// <summary>A reading of the CPU counters: time spent idle, and all time, in clock ticks since boot over all CPUs.</summary>
internal readonly record struct CpuUse(long Idle, long Total)
{
    /// <summary>Reads the first line of /proc/stat. Waiting for the disk counts as busy: a guest still loading is not quiet.</summary>
    internal static CpuUse Parse(string stat)
    {
        var line = stat.AsSpan(0, stat.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? end : stat.Length);
        long total = 0, idle = 0;
        var column = 0;
        foreach (var range in line.Split(' '))
        {
            if (!long.TryParse(line[range], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks))
                continue;
            // Columns: user nice system idle iowait irq softirq steal guest guest_nice; the last two are in the first two already.
            if (column == 3)
                idle = ticks;
            if (column < 8)
                total += ticks;
            column++;
        }
        return new CpuUse(idle, total);
    }

    /// <summary>Reads the counters now.</summary>
    internal static CpuUse Read(GuestPaths paths) => Parse(File.ReadAllText(paths.In("/proc/stat")));

    /// <summary>How busy the CPUs were since an earlier reading, 0 to 100.</summary>
    internal double BusyPercentSince(CpuUse earlier)
    {
        var total = Total - earlier.Total;
        // No tick was counted at all: the CPUs slept throughout.
        return total <= 0 ? 0 : 100.0 * (total - (Idle - earlier.Idle)) / total;
    }
}
