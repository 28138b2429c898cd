using System.Collections.Concurrent;
using Mayfly.Contracts;
using Mayfly.Control.Events;
using Mayfly.Control.Storage;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Storage.Postgres;

/// <summary>The database server is gone for good, and its standby takes its place.</summary>
public sealed class FailoverTests : HouseTestBase
{
    [Fact]
    public async Task Failover_WhileTheHouseIsUsed_LosesNothingThatWasAnsweredAndGoesOn()
    {
        Assert.SkipWhen(PostgresServer.Lack is not null, PostgresServer.Lack ?? "");
        await using var primary = await PostgresServer.StartAsync();
        await primary.CreateDatabaseAsync("mayfly");
        await using var standby = await primary.ReplicateAsync();
        await using var house = await StartAsync(o => o with { Database = $"Host={primary.Directory},{standby.Directory};Username=house;Database=mayfly;Target Session Attributes=primary" });
        await house.AddPoolAsync("p", 2, 4, "ann", "ben");
        var session = await house.OpenAsync("ann");
        await house.AvailableAsync("p", 2);
        using var stop = new CancellationTokenSource();
        var answered = new ConcurrentQueue<string>();
        var writing = WriteAsync(house, answered, stop.Token);

        await Eventually.HoldsAsync(() => Task.FromResult(answered.Count > 2), "some were answered");
        await primary.CrashAsync();
        await standby.PromoteAsync();

        await Outage.HealedAsync(house);
        await stop.CancelAsync();
        await writing;
        answered.ShouldBeSubsetOf(await house.ReadAsync(context => context.Events.Where(e => e.Kind == "test.written").Select(e => e.Message).ToHashSet()));
        (await house.OpenAsync("ann")).Id.ShouldBe(session.Id);
        await house.LogOffAsync(session);
        await house.OpenAsync("ben");
        await Eventually.HoldsAsync(async () => await house.PoolAsync() is { Available: 2, Total: 3 } && Host.Machines.Count == 3, "the pool is as it should be");
        (await house.Get<HouseStore>().CopyAsync(Path.Combine(Root, "copy"), default)).ShouldBeNull();
    }

    /// <summary>Writes until it is stopped, and tells what was answered as written.</summary>
    private static async Task WriteAsync(House house, ConcurrentQueue<string> answered, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await house.Get<EventLog>().RecordAsync(new HouseEvent("test.written", $"{answered.Count}"), default);
                answered.Enqueue($"{answered.Count}");
            }
            catch (Exception exception) when (StorageFaults.Of(exception) is { Code: ErrorCode.DatabaseUnavailable })
            {
                await Task.Delay(50);
            }
        }
    }
}
