using Mayfly.ForkBench;
using Mayfly.VersusBench;

namespace Mayfly.BenchReport;

/// <summary>How fast: one clone at a time, and many.</summary>
internal static class Speed
{
    /// <summary>What is said of one guest.</summary>
    public static string Section(VersusReport report) => $"""
        ### `{report.Image}`, one clone at a time

        Median / p95 of n clones; "times" compares the medians to READY with that of a fork with a shell ready.

        {Single(report)}

        ![Request to READY, {report.Image}](images/{Charts.ReadyFile(report)})

        ### `{report.Image}`, many clones at once

        From the request to all of them READY, and how many that is a second.

        {Many(report)}
        """;

    private static string Single(VersusReport report)
    {
        var fork = report.Way(WayFigures.Fork).Ready().Median;
        return Markdown.Table(
            ["way", "running", "READY", "times", "first picture", "CPU", "n"],
            report.Ways.Select(way => (string[])
            [
                way.Name,
                Times(way, sample => sample.RunningMs),
                Times(way, sample => sample.ReadyMs),
                Markdown.Times(way.Ready().Median / fork),
                Times(way, sample => sample.PictureMs),
                way.Samples.Count == 0 ? Markdown.None : $"{Of(way, sample => sample.CpuSeconds).Median:0.00} s",
                $"{way.Samples.Count}",
            ]));
    }

    private static string Many(VersusReport report)
    {
        var sizes = report.Ways.SelectMany(way => way.Crowds).Select(crowd => crowd.Size).Distinct().Order().ToList();
        var rows = report.Ways.Where(way => way.Crowds.Count > 0).Select(way => (string[])[way.Name, .. sizes.Select(size => Cell(way, size))]);
        return $"{Markdown.Table(["way", .. sizes.Select(size => $"{size}")], rows)}{Reasons(report)}";
    }

    private static string Cell(WayResult way, int size) =>
        way.Crowd(size) is { } crowd ? $"{crowd.ReadySeconds:0.0} s ({size / crowd.ReadySeconds:0.0}/s)" : "not tried";

    private static string Reasons(VersusReport report)
    {
        var reasons = report.Ways
            .SelectMany(way => way.Crowds.Where(crowd => crowd.Skipped is not null).Select(crowd => $"- {way.Name}, {crowd.Size}: {crowd.Skipped!.ReplaceLineEndings(" ")}."))
            .ToList();
        return reasons.Count == 0 ? "" : $"\n\nWhy not:\n\n{string.Join('\n', reasons)}";
    }

    private static string Times(WayResult way, Func<Sample, double?> of) =>
        Of(way, of) is { Count: > 0 } measure ? $"{Markdown.Time(measure.Median)} / {Markdown.Time(measure.P95)}" : Markdown.None;

    private static Measure Of(WayResult way, Func<Sample, double?> of) => Measure.Of(way.Name, "ms", way.Samples.Select(of).OfType<double>());
}
