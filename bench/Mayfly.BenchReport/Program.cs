using System.Text.Json;
using Mayfly.BenchReport;
using Mayfly.ForkBench;
using Mayfly.VersusBench;

// Usage: Mayfly.BenchReport REPORTS DOCS
// Reads what benchmarks have written into one directory, and writes performance.md and its charts into another.
if (args.Length != 2)
{
    Console.Error.WriteLine("usage: Mayfly.BenchReport REPORTS DOCS");
    return 2;
}

var (reports, docs) = (args[0], args[1]);
// The small guest first, as everywhere.
var versus = Files("versus-*.json").Select(Read<VersusReport>).OrderBy(report => report.Guest.MemoryMib).ToList();
if (versus.Count == 0)
{
    Console.Error.WriteLine($"There is no versus-*.json in {reports}: make bench writes it.");
    return 1;
}

var measures = Files("*.json").Where(file => !Path.GetFileName(file).StartsWith("versus-", StringComparison.Ordinal)).SelectMany(Read<List<Measure>>).ToList();
foreach (var report in versus)
    Charts.Write(report, Path.Combine(docs, "images"));
await File.WriteAllTextAsync(Path.Combine(docs, "performance.md"), Page.Write(versus, measures));
return 0;

IEnumerable<string> Files(string pattern) => Directory.GetFiles(reports, pattern).Order(StringComparer.Ordinal);

static T Read<T>(string file) => JsonSerializer.Deserialize<T>(File.ReadAllText(file), VersusJson.Options)!;
