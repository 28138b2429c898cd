using Mayfly.ForkBench;
using Mayfly.VersusBench;

namespace Mayfly.BenchReport;

/// <summary>What is read off a run's ways in more than one place.</summary>
internal static class WayFigures
{
    /// <summary>The way all others are compared with when one clone is made.</summary>
    public const string Fork = "fork";

    /// <summary>The same when many are, and for memory.</summary>
    public const string ManyForks = "fork-cold";

    /// <summary>One of the ways.</summary>
    public static WayResult Way(this VersusReport report, string key) => report.Ways.First(way => way.Key == key);

    /// <summary>Milliseconds from request to READY.</summary>
    public static Measure Ready(this WayResult way) => Measure.Of(way.Name, "ms", way.Samples.Select(sample => sample.ReadyMs));

    /// <summary>A crowd that was measured, or null.</summary>
    public static Crowd? Crowd(this WayResult way, int size) => way.Crowds.FirstOrDefault(crowd => crowd.Size == size && crowd.Skipped is null);

    /// <summary>All memory of a crowd: what is each clone's alone, and what they share once.</summary>
    public static double AllInBytes(this Crowd crowd) => crowd.PrivateBytes + crowd.SharedBytes;
}
