using System.Reflection;
using Mayfly.ForkBench;
using Mayfly.VersusBench;

namespace Mayfly.BenchReport;

/// <summary>Fills the figures into the page's text.</summary>
internal static class Page
{
    /// <summary>The page, Markdown.</summary>
    /// <param name="versus">What was measured side by side.</param>
    /// <param name="measures">What else was measured.</param>
    public static string Write(IReadOnlyList<VersusReport> versus, IReadOnlyList<Measure> measures) => Template()
        .Replace("{{host}}", Host(versus[0].Host), StringComparison.Ordinal)
        .Replace("{{guests}}", string.Join('\n', versus.Select(Guest)), StringComparison.Ordinal)
        .Replace("{{ways}}", Ways(versus[0]), StringComparison.Ordinal)
        .Replace("{{marks}}", Marks.Table(versus), StringComparison.Ordinal)
        .Replace("{{speed}}", string.Join("\n\n", versus.Select(Speed.Section)), StringComparison.Ordinal)
        .Replace("{{refill}}", Refill(measures), StringComparison.Ordinal)
        .Replace("{{memory}}", string.Join("\n\n", versus.Select(Memory.Section)), StringComparison.Ordinal)
        .Replace("{{failures}}", Failures(versus), StringComparison.Ordinal)
        .Replace("{{others}}", Others(measures), StringComparison.Ordinal);

    private static string Host(HostFacts host) =>
        $"{host.At:yyyy-MM-dd HH:mm} UTC, on {host.Cores} cores of {host.Cpu} with {host.MemoryBytes / 1e9:0} GB of memory, Linux {host.Kernel}, QEMU {host.Qemu}, "
        + $"libvirt {host.Libvirt}, {(host.Accelerator == "kvm" ? "KVM" : "emulation (TCG; KVM runs no guest there)")}.";

    private static string Guest(VersusReport report)
    {
        var rounds = report.Ways.Max(way => way.Samples.Count);
        return $"- `{report.Image}`: {report.Guest.MemoryMib} MiB of memory, {report.Guest.Cpus} CPU; {rounds} rounds.";
    }

    private static string Ways(VersusReport report) => Markdown.Table(["way", "from the request to READY"], report.Ways.Select(way => (string[])[way.Name, way.About]));

    private static string Refill(IReadOnlyList<Measure> measures)
    {
        var found = measures.Where(measure => measure.Name.Contains("log-off to replacement", StringComparison.Ordinal)).ToList();
        return found.Count == 0
            ? "It was not measured in this run; `Mayfly.PoolBench` does."
            : Markdown.Table(["measure", "median", "p95", "n"], found.Select(Row));
    }

    private static string Failures(IReadOnlyList<VersusReport> versus)
    {
        var lines = versus.SelectMany(report => report.Ways.SelectMany(way => way.Failures.Select(failure => $"- {report.Image}, {way.Name}: {failure.ReplaceLineEndings(" ")}"))).ToList();
        return lines.Count == 0 ? "Nothing failed in this run." : $"What failed in this run, and is in no figure:\n\n{string.Join('\n', lines)}";
    }

    private static string Others(IReadOnlyList<Measure> measures) => measures.Count == 0
        ? "No other benchmark was part of this run."
        : Markdown.Table(["measure", "median", "p95", "n"], measures.Select(Row));

    private static string[] Row(Measure measure) => [measure.Name, $"{measure.Median:0.0} {measure.Unit}", $"{measure.P95:0.0}", $"{measure.Count}"];

    private static string Template()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("performance.md")!);
        return reader.ReadToEnd();
    }
}
