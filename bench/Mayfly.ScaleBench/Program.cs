using Mayfly.ScaleBench;

// Usage: Mayfly.ScaleBench DATA-DIRECTORY [REPORT.json] [MACHINES...]
// A whole mayflyd whose machines are entries in a table instead of processes: what the house itself costs at sizes no single host has. Then the
// largest house again in PostgreSQL, on a hundred hosts that are talked to over the real wire.
if (args.Length < 1)
{
    Console.Error.WriteLine("usage: Mayfly.ScaleBench DATA-DIRECTORY [REPORT.json] [MACHINES...]");
    return 2;
}

int[] sizes = args.Length > 2 ? [.. args[2..].Select(int.Parse)] : [1_000, 10_000, 100_000];
List<Measure> measures = [];
foreach (var machines in sizes)
    measures.AddRange(await new ScaleRun(Path.Combine(Path.GetFullPath(args[0]), "scale"), machines).RunAsync());
if (PostgresServer.Lack is null)
{
    await using var postgres = await PostgresServer.StartAsync();
    measures.AddRange(await new HostsRun(Path.Combine(Path.GetFullPath(args[0]), "hosts"), sizes[^1], postgres).RunAsync());
}

await MeasureReport.WriteAsync(measures, args.ElementAtOrDefault(1));
return 0;
