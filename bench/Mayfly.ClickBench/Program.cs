using System.Globalization;
using Mayfly.ClickBench;
using Mayfly.ForkBench;

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
var measures = await new ClickRun(api, chromium, daemon.Address, args[1], count).RunAsync();

await MeasureReport.WriteAsync(measures, args.ElementAtOrDefault(3));
return 0;
