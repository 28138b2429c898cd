using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Mayfly.ScaleBench;

/// <summary>
/// A house in PostgreSQL whose machines are on a hundred hosts: how long a server takes to know them all, what the API takes, and how long it is
/// from a wish to the host that fulfils it.
/// </summary>
internal sealed class HostsRun(string data, int machines, PostgresServer postgres)
{
    private const int Hosts = 100;
    private const int Asked = 500;
    private const string Database = "scale";
    private readonly List<Measure> _measures = [];

    public async Task<IReadOnlyList<Measure>> RunAsync()
    {
        await postgres.CreateDatabaseAsync(Database);
        await using var house = new LargeHouse(data, machines, postgres.ConnectionString(Database));
        await house.FillAsync(users: 1, Hosts);
        // As autovacuum does within a minute, which servers of tests are without.
        await postgres.ExecuteAsync("VACUUM ANALYZE", Database);
        var started = Stopwatch.GetTimestamp();
        await house.StartAsync();
        Add("a server begins, and knows every machine", "s", [Stopwatch.GetElapsedTime(started).TotalSeconds]);
        using var api = new LocalApi(data);
        await AskAsync(api, "machines?limit=100", "a page of 100 machines by the API");
        await AskAsync(api, "hosts", "the list of hosts by the API");
        await AskAsync(api, $"pools/{LargeHouse.PoolName(1)}", "a pool by the API");
        Add("from a wish by the API to the host that makes the machine", "ms", await WishAsync(house, api));
        return _measures;
    }

    private void Add(string what, string unit, IEnumerable<double> values) => _measures.Add(Measure.Of($"{machines:N0} machines on {Hosts} hosts, PostgreSQL: {what}", unit, values));

    private async Task AskAsync(LocalApi api, string path, string what)
    {
        var times = new List<double>();
        for (var number = 0; number < Asked; number++)
        {
            var started = Stopwatch.GetTimestamp();
            await api.GetAsync<JsonElement>(path);
            // The first ones are spent on compiling.
            if (number >= Asked / 10) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        Add(what, "ms", times);
    }

    private static async Task<IEnumerable<double>> WishAsync(LargeHouse house, LocalApi api)
    {
        var heard = new ConcurrentBag<long>();
        foreach (var host in house.Hosts)
        {
            host.Machines.OnProvision = (_, _) =>
            {
                heard.Add(Stopwatch.GetTimestamp());
                return Task.FromResult<Mayfly.Contracts.Fault?>(null);
            };
        }

        var times = new List<double>();
        for (var number = 0; number < Asked; number++)
        {
            heard.Clear();
            var started = Stopwatch.GetTimestamp();
            await api.PostAsync<MachineView>($"pools/{LargeHouse.PoolName(number % house.Pools)}/machines", new { });
            if (number >= Asked / 10) times.Add(Stopwatch.GetElapsedTime(started, heard.Min()).TotalMilliseconds);
        }

        return times;
    }
}
