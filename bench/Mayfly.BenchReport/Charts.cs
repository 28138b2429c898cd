using Mayfly.VersusBench;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Mayfly.BenchReport;

/// <summary>The page's charts, SVG: one bar for each way.</summary>
internal static class Charts
{
    private const int Few = 10;
    private const int Width = 760;
    private const int BarHeight = 38;
    private const int Frame = 90;
    private static readonly OxyColor Ours = OxyColor.FromRgb(0x2f, 0x6f, 0xb5);
    private static readonly OxyColor Others = OxyColor.FromRgb(0x9a, 0xa5, 0xb1);
    private static readonly OxyThickness Margins = new(190, 10, 70, 45);

    /// <summary>File name of the chart of times to READY.</summary>
    public static string ReadyFile(VersusReport report) => $"performance-ready-{report.Image}.svg";

    /// <summary>File name of the chart of memory.</summary>
    public static string MemoryFile(VersusReport report) => $"performance-memory-{report.Image}.svg";

    /// <summary>True when there is a chart of memory.</summary>
    public static bool HasMemory(VersusReport report) => report.Ways.Any(way => way.Crowd(Few) is not null);

    /// <summary>Writes the charts of one guest.</summary>
    public static void Write(VersusReport report, string directory)
    {
        Directory.CreateDirectory(directory);
        var ready = report.Ways.Where(way => way.Samples.Count > 0).Select(way => (way, way.Ready().Median)).ToList();
        // From one digit less than the least, so that the least has a bar too.
        var least = Math.Pow(10, Math.Floor(Math.Log10(ready.Min(one => one.Median) / 2)));
        var logarithmic = new LogarithmicAxis { Minimum = least, Maximum = ready.Max(one => one.Median) * 2, Title = "milliseconds, logarithmic" };
        Save(Path.Combine(directory, ReadyFile(report)), $"Request to READY, {report.Image}: median", ready, logarithmic, least, "{0:0} ms");

        if (!HasMemory(report))
            return;
        var memory = report.Ways.Where(way => way.Crowd(Few) is not null).Select(way => (way, way.Crowd(Few)!.AllInBytes() / 1e6)).ToList();
        Save(
            Path.Combine(directory, MemoryFile(report)), $"All memory of {Few} clones, {report.Image}", memory,
            new LinearAxis { Minimum = 0, Title = "MB" }, 0, "{0:0} MB");
    }

    private static void Save(string path, string title, IReadOnlyList<(WayResult Way, double Value)> bars, Axis values, double from, string label)
    {
        var model = new PlotModel { Title = title, TitleFontSize = 15, Background = OxyColors.White, PlotMargins = Margins, PlotAreaBorderThickness = new OxyThickness(0) };
        model.Axes.Add(new CategoryAxis { Position = AxisPosition.Left, ItemsSource = bars.Select(bar => bar.Way.Name).ToList(), StartPosition = 1, EndPosition = 0, TickStyle = TickStyle.None });
        values.Position = AxisPosition.Bottom;
        values.AxisTitleDistance = 10;
        values.MajorGridlineStyle = LineStyle.Dot;
        values.MajorGridlineColor = OxyColors.LightGray;
        model.Axes.Add(values);
        var series = new BarSeries { BaseValue = from, LabelFormatString = label, LabelMargin = 12, EdgeRenderingMode = EdgeRenderingMode.PreferSharpness };
        series.Items.AddRange(bars.Select(bar => new BarItem(bar.Value) { Color = bar.Way.Key.StartsWith(WayFigures.Fork, StringComparison.Ordinal) ? Ours : Others }));
        model.Series.Add(series);
        File.WriteAllText(path, new SvgExporter { Width = Width, Height = Frame + (BarHeight * bars.Count), UseVerticalTextAlignmentWorkaround = true }.ExportToString(model) + "\n");
    }
}
