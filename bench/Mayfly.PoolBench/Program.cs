using System.Globalization;
using Mayfly.PoolBench;

// Usage: Mayfly.PoolBench DATA-DIRECTORY IMAGE [COUNT] [REPORT.json]
// What pools do, on this checkout's mayflyd with real machines; the image is built and published when it is not yet.
if (args.Length < 2)
{
    Console.Error.WriteLine("usage: Mayfly.PoolBench DATA-DIRECTORY IMAGE [COUNT] [REPORT.json]");
    return 2;
}

var (data, image) = (Path.GetFullPath(args[0]), args[1]);
var count = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 20;
List<Measure> measures = [];
var versions = image == "micro" ? await MicroVersions.PublishAsync(data) : null;
await using (var daemon = await Daemon.StartAsync(data))
{
    using var bench = new PoolRun(data, daemon.Address, image);
    await bench.PrepareAsync();
    measures.AddRange(await bench.ReplaceAsync(count));
    if (versions is not null)
    {
        measures.Add(PlannerRun.Measure());
        measures.AddRange(await bench.FillAsync(64));
        measures.AddRange(await bench.PushAsync(versions, machines: 50));
    }
    else
    {
        measures.AddRange(await bench.FillAsync(100));
    }
}

await MeasureReport.WriteAsync(measures, args.ElementAtOrDefault(3));
return 0;
