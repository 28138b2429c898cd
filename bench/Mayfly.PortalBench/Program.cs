using System.Globalization;
using Mayfly.PortalBench;

// Usage: Mayfly.PortalBench DATA-DIRECTORY IMAGE [COUNT] [REPORT.json] [ONLY...]
// What people meet before and beside their desktop, on this checkout's mayflyd; the image is built and published when it is not yet.
// ONLY names some of: login, rush, relay, list. The last three are measured with "micro" alone. In the rush there are five people for
// each of the count, a hundred at most.
const int MostPeople = 100;
const int PeoplePerCount = 5;
if (args.Length < 2)
{
    Console.Error.WriteLine("usage: Mayfly.PortalBench DATA-DIRECTORY IMAGE [COUNT] [REPORT.json] [login|rush|relay|list...]");
    return 2;
}

var (data, image) = (Path.GetFullPath(args[0]), args[1]);
var count = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 20;
string[] runs = args.Length > 4 ? args[4..] : image == "micro" ? ["login", "rush", "relay", "list"] : ["login"];
List<Measure> measures = [];
if (runs.Contains("login") || runs.Contains("rush"))
{
    await using var daemon = await Daemon.StartAsync(data);
    using var house = new BenchHouse(data, image);
    await house.PublishAsync();
    if (runs.Contains("login")) measures.Add(await new LoginRun(house, daemon.Address, count).RunAsync());
    if (runs.Contains("rush")) measures.AddRange(await new RushRun(house, daemon.Address, Math.Min(MostPeople, count * PeoplePerCount)).RunAsync());
}

if (runs.Contains("relay")) measures.AddRange(await RelayRun.RunAsync(count));
if (runs.Contains("list")) measures.AddRange(await ListRun.RunAsync(Path.Combine(data, "portal-list"), count));

await MeasureReport.WriteAsync(measures, args.ElementAtOrDefault(3));
return 0;
