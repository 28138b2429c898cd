using Mayfly.VersusBench;

namespace Mayfly.BenchReport;

/// <summary>What was to be reached, and whether it was.</summary>
internal static class Marks
{
    private const int Few = 10;
    private const double Faster = 5;
    private const double Smaller = 5;
    private const double FasterThanBoot = 500;
    private const string Desktop = "xfce";

    /// <summary>The table.</summary>
    public static string Table(IReadOnlyList<VersusReport> versus) =>
        Markdown.Table(["guest", "mark", "reach", "measured", ""], versus.SelectMany(Rows));

    private static IEnumerable<IReadOnlyList<string>> Rows(VersusReport report)
    {
        var (fork, many) = (report.Way(WayFigures.Fork), report.Way(WayFigures.ManyForks));
        var libvirt = report.Way("libvirt");
        yield return Row(report, "libvirt's restore takes longer to READY than a fork with a shell ready", Faster, libvirt.Ready().Median / fork.Ready().Median);
        yield return Row(
            report, $"{Few} clones restored by libvirt take more memory than {Few} forks, what these share included", Smaller,
            (libvirt.Crowd(Few)?.AllInBytes() ?? double.NaN) / (many.Crowd(Few)?.AllInBytes() ?? double.NaN));
        if (report.Image == Desktop)
            yield return Row(report, "a boot of the same desktop takes longer to READY than a fork with a shell ready", FasterThanBoot, report.Way("linked").Ready().Median / fork.Ready().Median);
    }

    private static string[] Row(VersusReport report, string mark, double reach, double measured) =>
    [
        $"`{report.Image}`", mark, $">= {reach:0} times", double.IsNaN(measured) ? Markdown.None : $"{Markdown.Times(measured)} times",
        double.IsNaN(measured) ? "not measured" : measured >= reach ? "reached" : "**not reached**",
    ];
}
