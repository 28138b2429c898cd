using System.Diagnostics;
using Mayfly.Control.Access;
using Mayfly.Control.Machines;
using Mayfly.Control.Pools;
using Mayfly.Control.Sessions;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mayfly.ScaleBench;

/// <summary>
/// One house size: how long it takes to begin, to look at everything once, to show a page of machines, and what happens when a thousand
/// people a second open a desktop. Passwords are not part of it: their hash takes the same time in a house of any size.
/// </summary>
internal sealed class ScaleRun(string data, int machines)
{
    private const int Pages = 20;
    private const int StormSeconds = 3;
    private const int OpensASecond = 1_000;
    private const int WarmUps = 300;
    private static readonly TimeSpan LongestRefill = TimeSpan.FromMinutes(10);
    private readonly List<Measure> _measures = [];

    public async Task<IReadOnlyList<Measure>> RunAsync()
    {
        // No pool is asked for more desktops than it has.
        var opens = Math.Min(StormSeconds * OpensASecond, machines / 3);
        await using var house = new LargeHouse(data, machines);
        await house.FillAsync(opens + WarmUps);
        Add("mayflyd begins", "s", [await SecondsAsync(house.StartAsync)]);
        Add("house and host compared", "s", [await SecondsAsync(() => house.Services.GetRequiredService<MachineAudit>().CompareAsync(CancellationToken.None))]);
        Add("each pool observed and planned once", "s", [await SecondsAsync(() => PlanAsync(house))]);
        await ListAsync(house);
        // The first few hundred are spent on compiling.
        await OpenAsync(house, opens, WarmUps);
        await RefilledAsync(house);
        await StormAsync(house, opens);
        Add("all pools at their spare level again", "s", [await SecondsAsync(() => RefilledAsync(house))]);
        return _measures;
    }

    private void Add(string what, string unit, IEnumerable<double> values) => _measures.Add(Measure.Of($"{machines:N0} machines in {machines / LargeHouse.MachinesPerPool:N0} pools: {what}", unit, values));

    private static async Task<double> SecondsAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task PlanAsync(LargeHouse house)
    {
        var observer = house.Services.GetRequiredService<PoolObserver>();
        for (var pool = 0; pool < house.Pools; pool++)
        {
            var (_, spec, observed) = (await observer.ObserveAsync(LargeHouse.PoolName(pool), CancellationToken.None))!.Value;
            _ = PoolPlanner.Plan(spec, observed, TimeProvider.System.GetUtcNow());
        }
    }

    private async Task ListAsync(LargeHouse house)
    {
        var (pages, lists) = (new List<double>(), new List<double>());
        var catalog = house.Services.GetRequiredService<MachineCatalog>();
        for (var i = 0; i < Pages; i++)
        {
            var after = LargeHouse.PoolName(i * house.Pools / Pages) + "-1";
            pages.Add(1000 * await SecondsAsync(() => catalog.PageAsync(PoolScope.House, new MachineFilter(), after, 100, CancellationToken.None)));
            lists.Add(1000 * await SecondsAsync(() => house.Services.GetRequiredService<PoolCatalog>().ListAsync(PoolScope.House, CancellationToken.None)));
        }

        Add("a page of 100 machines", "ms", pages);
        Add("the list of pools", "ms", lists);
    }

    private async Task StormAsync(LargeHouse house, int opens)
    {
        var started = Stopwatch.GetTimestamp();
        var waits = await OpenAsync(house, 0, opens);
        Add($"{opens:N0} desktops opened, {OpensASecond:N0} asked for a second: done a second", "desktops", [opens / Stopwatch.GetElapsedTime(started).TotalSeconds]);
        Add($"{opens:N0} desktops opened, {OpensASecond:N0} asked for a second: wait", "s", waits);
    }

    /// <summary>Opens at an even pace whatever the answers take: who comes does not wait for who came before.</summary>
    private static Task<double[]> OpenAsync(LargeHouse house, int first, int count)
    {
        var broker = house.Services.GetRequiredService<SessionBroker>();
        var started = Stopwatch.GetTimestamp();
        return Task.WhenAll(Enumerable.Range(0, count).Select(number => Task.Run(async () =>
        {
            var due = TimeSpan.FromSeconds((double)number / OpensASecond);
            await Task.Delay(due);
            var user = first + number;
            var opened = await broker.OpenAsync(LargeHouse.UserName(user), LargeHouse.PoolName(user % house.Pools), CancellationToken.None);
            if (opened.Fault is { } fault) throw new InvalidOperationException(fault.ToString());
            return (Stopwatch.GetElapsedTime(started) - due).TotalSeconds;
        })));
    }

    private static async Task RefilledAsync(LargeHouse house)
    {
        var database = house.Services.GetRequiredService<HouseDatabase>();
        var changes = house.Services.GetRequiredService<HouseChanges>();
        using var limit = new CancellationTokenSource(LongestRefill);
        while (true)
        {
            var changed = changes.Next;
            await using var context = await database.ReadAsync(limit.Token);
            if (await context.Machines.CountAsync(machine => machine.State == MachineState.Available, limit.Token) >= house.Pools * LargeHouse.MachinesPerPool) return;
            await changed.WaitAsync(limit.Token);
        }
    }
}
