using Mayfly.ForkBench;
using Mayfly.VersusBench;

namespace Mayfly.BenchReport;

/// <summary>How much memory and disk.</summary>
internal static class Memory
{
    /// <summary>What is said of one guest.</summary>
    public static string Section(VersusReport report) => $"""
        ### `{report.Image}`

        {Table(report)}

        {(Charts.HasMemory(report) ? $"![Memory of clones, {report.Image}](images/{Charts.MemoryFile(report)})" : "")}

        On disk:

        {Disk(report)}
        """;

    private static string Table(VersusReport report)
    {
        var forks = report.Way(WayFigures.ManyForks);
        return Markdown.Table(
            ["way", "clones", "private, each", "PSS, each", "shared, once", "all in", "times", "less available"],
            report.Ways.SelectMany(way => way.Crowds.Where(crowd => crowd.Skipped is null).Select(crowd => (string[])
            [
                way.Name, $"{crowd.Size}",
                Markdown.Size((double)crowd.PrivateBytes / crowd.Size), Markdown.Size((double)crowd.ProportionalBytes / crowd.Size),
                crowd.SharedBytes == 0 ? Markdown.None : Markdown.Size(crowd.SharedBytes), Markdown.Size(crowd.AllInBytes()),
                Markdown.Times(crowd.AllInBytes() / (forks.Crowd(crowd.Size)?.AllInBytes() ?? double.NaN)),
                Markdown.Size(crowd.AvailableDropBytes),
            ])));
    }

    private static string Disk(VersusReport report) => Markdown.Table(
        ["way", "each clone's own, just after READY", "once, beside the golden image"],
        report.Ways.Select(way => (string[])
        [
            way.Name,
            way.Samples.Count == 0 ? Markdown.None : Markdown.Size(Measure.Of(way.Name, "bytes", way.Samples.Select(sample => (double)sample.DiskBytes)).Median),
            way.SavedBytes == 0 ? Markdown.None : Markdown.Size(way.SavedBytes),
        ]));
}
