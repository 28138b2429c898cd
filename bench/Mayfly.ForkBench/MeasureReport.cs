using System.Text.Json;
using Spectre.Console;

namespace Mayfly.ForkBench;

/// <summary>What every benchmark says at its end.</summary>
internal static class MeasureReport
{
    /// <summary>Prints measures as a table, and writes them as JSON to a file if one is named.</summary>
    public static async Task WriteAsync(IReadOnlyList<Measure> measures, string? path)
    {
        var table = new Table().AddColumns("measure", "median", "p95", "p99", "n");
        foreach (var measure in measures)
            table.AddRow(measure.Name, $"{measure.Median:0.00} {measure.Unit}", $"{measure.P95:0.00}", $"{measure.P99:0.00}", $"{measure.Count}");
        AnsiConsole.Write(table);
        if (path is not null)
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(measures, JsonSerializerOptions.Web));
    }
}
