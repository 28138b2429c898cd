using System.Collections.Concurrent;
using Mayfly.Contracts;
using Mayfly.Control.Events;
using Mayfly.Control.Storage;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Storage.Postgres;

/// <summary>The database server goes away while the house is used, and comes back.</summary>
public sealed class OutageTests : HouseTestBase, IAsyncLifetime
{
    private const int MostSeconds = 25;
    private PostgresServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Lack is not null, PostgresServer.Lack ?? "");
        _server = await PostgresServer.StartAsync();
        await _server.CreateDatabaseAsync("mayfly");
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task Crash_WhileTheHouseIsUsed_LosesNothingAndHeals()
    {
        await using var house = await StartHereAsync();
        await house.AddPoolAsync("p", 2, 4, "ann", "ben");
        var session = await house.OpenAsync("ann");
        await house.AvailableAsync("p", 2);
        var machines = Host.Machines.Select(m => m.MachineId).Order().ToList();

        await _server.CrashAsync();
        await RefusedAsync(() => house.Desk.LogOffAsync(session.Id, "ann", "ann", default));
        await RefusedAsync(() => house.Broker.OpenAsync("ben", "p", default));
        await RefusedAsync(() => house.Machines.DeleteAsync("p-1", "test", default));
        await RefusedAsync(() => house.PoolAsync());
        Host.Machines.Select(m => m.MachineId).Order().ShouldBe(machines);
        Host.Destroyed.ShouldBeEmpty();

        await _server.ResumeAsync();
        await Outage.HealedAsync(house);
        (await house.OpenAsync("ann")).Id.ShouldBe(session.Id);
        await house.LogOffAsync(session);
        await house.OpenAsync("ben");
        await Eventually.HoldsAsync(async () => await house.PoolAsync() is { Available: 2, Total: 3 } && Host.Machines.Count == 3, "the pool is as it should be");
    }

    [Fact]
    public async Task Crash_AmongManyWrites_KeepsThoseThatWereAnswered()
    {
        await using var house = await StartHereAsync();
        var (log, answered, stop) = (house.Get<EventLog>(), new ConcurrentQueue<string>(), false);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !Volatile.Read(ref stop); i++)
            {
                try
                {
                    await log.RecordAsync(new HouseEvent("test.written", $"{i}"), default);
                    answered.Enqueue($"{i}");
                }
                catch (Exception exception) when (StorageFaults.Of(exception) is { Code: ErrorCode.DatabaseUnavailable })
                {
                    await Task.Delay(50);
                }
            }
        });
        for (var i = 0; i < 3; i++)
        {
            await Task.Delay(300);
            await _server.CrashAsync();
            await _server.ResumeAsync();
        }

        await Outage.HealedAsync(house);
        await Eventually.HoldsAsync(() => Task.FromResult(answered.Count > 10), "some were answered");
        Volatile.Write(ref stop, true);
        await writing;
        var kept = await house.ReadAsync(context => context.Events.Where(e => e.Kind == "test.written").Select(e => e.Message).ToHashSet());
        answered.ShouldBeSubsetOf(kept);
    }

    [Fact]
    public async Task Stall_OfSomeSeconds_IsAFaultInTimeAndHeals()
    {
        await using var house = await StartHereAsync("Command Timeout=5;Timeout=5;Cancellation Timeout=500");
        await house.AddPoolAsync("p", 1, 2, "ann");
        await house.AvailableAsync("p", 1);
        await _server.StallAsync();
        try
        {
            await RefusedAsync(() => house.PoolAsync());
            await RefusedAsync(() => house.Broker.OpenAsync("ann", "p", default));
        }
        finally
        {
            await _server.UnstallAsync();
        }

        await Outage.HealedAsync(house);
        await house.LogOffAsync(await house.OpenAsync("ann"));
        await house.AvailableAsync("p", 1);
    }

    [Fact]
    public async Task Full_DiskOfTheServer_IsHostDiskLowAndHeals()
    {
        var (disk, lack) = SmallDisk.TryMake(24);
        Assert.SkipWhen(disk is null, lack);
        using var small = disk;
        await using var house = await StartHereAsync();
        await _server.MoveAsync("mayfly", small.Root);
        await Outage.HealedAsync(house);
        small.FillUpTo(0);
        var thrown = await Should.ThrowAsync<Exception>(async () =>
        {
            for (var i = 0; i < 4000; i++) await house.Get<EventLog>().RecordAsync(new HouseEvent("test.filler", new string((char)('a' + (i % 26)), 2000)), default);
        });
        StorageFaults.Of(thrown)!.Code.ShouldBe(ErrorCode.HostDiskLow);
        small.Empty();
        await Outage.HealedAsync(house);
    }

    private Task<House> StartHereAsync(string more = "") => StartAsync(o => o with { Database = $"{_server.ConnectionString("mayfly")};{more}" });

    private static async Task RefusedAsync(Func<Task> ask)
    {
        var started = TimeProvider.System.GetTimestamp();
        var thrown = await Should.ThrowAsync<Exception>(ask);
        var fault = StorageFaults.Of(thrown);
        (fault?.Code).ShouldBe(ErrorCode.DatabaseUnavailable, thrown.ToString());
        (fault!.Why is not null && fault.Remedy is not null).ShouldBeTrue();
        TimeProvider.System.GetElapsedTime(started).TotalSeconds.ShouldBeLessThan(MostSeconds);
    }
}
