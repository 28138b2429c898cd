using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Mayfly.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Tests.Storage.Postgres;

/// <summary>Two control planes over one database.</summary>
public sealed class SharedDatabaseTests : HouseTestBase, IAsyncLifetime
{
    private const string Name = "shared";
    private PostgresServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Lack is not null, PostgresServer.Lack ?? "");
        _server = await PostgresServer.SharedAsync();
        await _server.CreateDatabaseAsync(Name);
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_server is not null) await _server.DropDatabaseAsync(Name);
    }

    [Fact]
    public async Task Write_FromTwo_NeverInterleaves()
    {
        await using var one = await StartHereAsync();
        await using var other = await StartHereAsync();
        (await one.Get<UserDirectory>().AddAsync(new AddUserRequest("ann"), "test", default)).Fault.ShouldBeNull();

        await Task.WhenAll(CountAsync(one), CountAsync(one), CountAsync(other), CountAsync(other));

        (await one.ReadAsync(context => context.Users.Single(u => u.Name == "ann").FactorStep)).ShouldBe(400);
    }

    [Fact]
    public async Task Start_OfTwoOverAnEmptyDatabase_MakesTheSchemaOnce()
    {
        var both = await Task.WhenAll(StartHereAsync(), StartHereAsync());
        foreach (var house in both)
        {
            (await house.EventKindsAsync()).ShouldBeEmpty();
            await house.DisposeAsync();
        }
    }

    [Fact]
    public async Task Write_InOne_IsAnnouncedInTheOtherAndNotAgainInItself()
    {
        await using var one = await StartHereAsync();
        await using var other = await StartHereAsync();
        await HeardAsync(other, () => one.Get<EventLog>().RecordAsync(new HouseEvent("test.begun", "Both listen."), default));

        var (here, there) = (one.Get<HouseChanges>().Next, other.Get<HouseChanges>().Next);
        await one.Get<EventLog>().RecordAsync(new HouseEvent("test.written", "Something is new."), default);
        await there.WaitAsync(TimeSpan.FromSeconds(30));
        here.IsCompleted.ShouldBeFalse();

        there = other.Get<HouseChanges>().Next;
        await one.Get<HouseDatabase>().WriteAsync(context => context.Users.CountAsync(), default);
        await one.Get<EventLog>().RecordAsync(new HouseEvent("test.written", "The write before this one wrote nothing."), default);
        await there.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Listening_AfterItsConnectionWasLost_AnnouncesAndHearsAgain()
    {
        await using var one = await StartHereAsync();
        await using var other = await StartHereAsync();
        await HeardAsync(other, () => one.Get<EventLog>().RecordAsync(new HouseEvent("test.begun", "Both listen."), default));
        var next = other.Get<HouseChanges>().Next;
        await _server.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Name}'");
        await next.WaitAsync(TimeSpan.FromSeconds(20));
        await HeardAsync(other, async () =>
        {
            try
            {
                await one.Get<EventLog>().RecordAsync(new HouseEvent("test.written", "Something is new."), default);
            }
            catch (Exception exception) when (StorageFaults.Of(exception) is not null)
            {
                // A connection of the pool that was ended, too.
            }
        });
    }

    private Task<House> StartHereAsync() => House.StartAsync(Root, new FakeMachineHost(), o => o with { Database = _server.ConnectionString(Name) });

    /// <summary>Writes until it is heard of: when listening has begun, nobody tells.</summary>
    private static Task HeardAsync(House there, Func<Task> write) => Eventually.HoldsAsync(async () =>
    {
        var next = there.Get<HouseChanges>().Next;
        await write();
        return await Task.WhenAny(next, Task.Delay(1000)) == next;
    }, "a write is heard of");

    private static async Task CountAsync(House house)
    {
        for (var i = 0; i < 100; i++)
        {
            await house.Get<HouseDatabase>().WriteAsync(async context =>
            {
                var step = await context.Users.Where(u => u.Name == "ann").Select(u => u.FactorStep).SingleAsync();
                return await context.Users.Where(u => u.Name == "ann").ExecuteUpdateAsync(u => u.SetProperty(row => row.FactorStep, step + 1));
            }, default);
        }
    }
}
