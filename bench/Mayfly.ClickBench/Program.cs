using System.Globalization;
using System.Text.Json;
using Mayfly.ClickBench;
using Spectre.Console;

// Usage: Mayfly.ClickBench DATA-DIRECTORY IMAGE [COUNT] [REPORT.json]
// Starts this checkout's mayflyd on the data directory; the image is built and published when it is not yet.
if (args.Length < 2)
{
    Console.Error.WriteLine("usage: Mayfly.ClickBench DATA-DIRECTORY IMAGE [COUNT] [REPORT.json]");
    return 2;
}

var count = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 20;
await using var daemon = await Daemon.StartAsync(Path.GetFullPath(args[0]));
await using var chromium = await Chromium.StartAsync();
using var api = new LocalApi(Path.GetFullPath(args[0]));
var measure = await new ClickRun(api, chromium, daemon.Address, args[1], count).RunAsync();

var table = new Table().AddColumns("measure", "median", "p95", "n");
table.AddRow(measure.Name, $"{measure.Median:0.0} {measure.Unit}", $"{measure.P95:0.0}", $"{measure.Count}");
AnsiConsole.Write(table);
if (args.Length > 3)
    await File.WriteAllTextAsync(args[3], JsonSerializer.Serialize(new[] { measure }, JsonSerializerOptions.Web));
return 0;
