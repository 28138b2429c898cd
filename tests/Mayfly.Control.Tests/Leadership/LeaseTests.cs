using Mayfly.Contracts;
using Mayfly.Control.Groups;
using Mayfly.Control.Leadership;
using Mayfly.Control.Storage;
using Mayfly.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Mayfly.Control.Tests.Leadership;

/// <summary>Who of several servers over one PostgreSQL runs the house, and that nobody else writes.</summary>
public sealed class LeaseTests : HouseTestBase, IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly LeaseTimes Short = new() { Length = TimeSpan.FromSeconds(3), Renewal = TimeSpan.FromMilliseconds(300), Margin = TimeSpan.FromMilliseconds(500), Attempt = TimeSpan.FromSeconds(1) };
    private static readonly LeaseTimes Long = new() { Length = TimeSpan.FromMinutes(10) };
    private static int s_last;

    private readonly string _name = $"lease{Interlocked.Increment(ref s_last)}";
    private readonly List<IDisposable> _held = [];
    private PostgresServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ControlOptions Options => new() { DatabasePath = "", Database = _server.ConnectionString(_name) };

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Lack is not null, PostgresServer.Lack ?? "");
        _server = await PostgresServer.SharedAsync();
        await _server.CreateDatabaseAsync(_name);
    }

    public async ValueTask DisposeAsync()
    {
        _held.ForEach(one => one.Dispose());
        Dispose();
        if (_server is not null) await _server.DropDatabaseAsync(_name);
    }

    [Fact]
    public async Task TryTake_ByManyAtOnce_OneHasIt()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => ServerAsync($"s{number}", Long)));
        var terms = await Task.WhenAll(all.Select(server => server.TryTakeAsync(Token)));
        terms.Count(term => term is not null).ShouldBe(1);
    }

    [Fact]
    public async Task Win_WhenTheLeaseIsGivenUp_ComesAtOnceWithALaterEpoch()
    {
        var (one, other) = (await ServerAsync("one", Long), await ServerAsync("other", Long));
        using var first = await one.TryTakeAsync(Token);
        var heard = new TaskCompletionSource<ActiveServer?>();
        var waiting = other.WinAsync(active => heard.TrySetResult(active), Token);
        (await heard.Task.WaitAsync(Soon, Token)).ShouldBe(new ActiveServer(first!.Epoch, "one", new Uri("http://one:8006"), first.Secret));

        await one.FreeAsync(first);
        using var second = await waiting.WaitAsync(Soon, Token);
        second.Epoch.ShouldBeGreaterThan(first.Epoch);
        second.Secret.ShouldNotBe(first.Secret);
        // It is another's now, and stays so.
        await one.FreeAsync(first);
        (await one.TryTakeAsync(Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Win_EndsOfManyLeases_WaitsForNoneForEver()
    {
        // The last fraction of a millisecond of a lease is met by some of them.
        var times = Short with { Length = TimeSpan.FromMilliseconds(100), Margin = TimeSpan.FromMilliseconds(10) };
        HouseLeadership[] both = [await ServerAsync("one", times), await ServerAsync("other", times)];
        using var first = await both[0].TryTakeAsync(Token);
        for (var turn = 1; turn <= 40; turn++)
        {
            using var term = await both[turn % 2].WinAsync(_ => { }, Token).WaitAsync(Soon, Token);
        }
    }

    [Fact]
    public async Task Win_WhenNothingIsHeardOfTheServerBefore_ComesAtTheEndOfTheLease()
    {
        var (one, other) = (await ServerAsync("one", Short), await ServerAsync("other", Short));
        using var first = await one.TryTakeAsync(Token);
        using var second = await other.WinAsync(_ => { }, Token).WaitAsync(Soon, Token);
        // Whoever had it knew that before.
        first!.Holds.ShouldBeFalse();
        second.Holds.ShouldBeTrue();
    }

    [Fact]
    public async Task TryTake_BySameServerStartedAgain_GoesOnInANewTerm()
    {
        using var before = await (await ServerAsync("one", Long)).TryTakeAsync(Token);
        using var again = await (await ServerAsync("one", Long)).TryTakeAsync(Token);
        again!.Epoch.ShouldBeGreaterThan(before!.Epoch);
        await using var late = Storage(before);
        await Should.ThrowAsync<StorageException>(() => AddGroupAsync(late, "eve"));
    }

    [Fact]
    public async Task Win_AfterTheDatabasesClockWasSetBack_WaitsForOneLeaseAtMost()
    {
        var (one, other) = (await ServerAsync("one", Short), await ServerAsync("other", Short));
        using var first = await one.TryTakeAsync(Token);
        await using (var connection = await ConnectAsync()) await ExecuteAsync(connection, "UPDATE leadership SET until = until + interval '1 day'");
        using var second = await other.WinAsync(_ => { }, Token).WaitAsync(Soon, Token);
        first!.Holds.ShouldBeFalse();
    }

    [Fact]
    public async Task Keep_WhileItIsRenewed_OutlastsTheLease()
    {
        var (one, other) = (await ServerAsync("one", Short), await ServerAsync("other", Short));
        using var term = await one.TryTakeAsync(Token);
        using var unwanted = new CancellationTokenSource();
        var keeping = one.KeepAsync(term!, unwanted.Token);
        var waiting = other.WinAsync(_ => { }, Token);
        await Task.Delay(Short.Length * 2, Token);
        term!.Holds.ShouldBeTrue();
        waiting.IsCompleted.ShouldBeFalse();
        await unwanted.CancelAsync();
        await keeping;
        using var next = await waiting.WaitAsync(Soon, Token);
    }

    [Fact]
    public async Task Keep_RenewedInVain_EndsTheTermBeforeTheLeaseEnds()
    {
        var one = await ServerAsync("one", Short with { Length = TimeSpan.FromSeconds(8), Margin = TimeSpan.FromSeconds(5) });
        using var term = await one.TryTakeAsync(Token);
        var keeping = one.KeepAsync(term!, Token);
        await using var blocker = await ConnectAsync();
        await using var transaction = await blocker.BeginTransactionAsync(Token);
        await ExecuteAsync(blocker, "LOCK TABLE leadership IN SHARE MODE");
        var ended = new TaskCompletionSource();
        term!.Ended.Register(ended.SetResult);
        await ended.Task.WaitAsync(Soon, Token);
        (await ScalarAsync("SELECT until > clock_timestamp() FROM leadership")).ShouldBe(true);
        await keeping.WaitAsync(Soon, Token);
    }

    [Fact]
    public async Task Keep_WhenAnotherHasTakenOver_EndsTheTerm()
    {
        var (one, other) = (await ServerAsync("one", Long with { Renewal = TimeSpan.FromMilliseconds(300) }), await ServerAsync("other", Long));
        using var term = await one.TryTakeAsync(Token);
        await ExpireAsync();
        using var second = await other.TryTakeAsync(Token);
        await one.KeepAsync(term!, Token).WaitAsync(Soon, Token);
        term!.Holds.ShouldBeFalse();
        second.ShouldNotBeNull().Holds.ShouldBeTrue();
    }

    [Fact]
    public async Task Write_AfterAnotherHasTakenOver_IsRefusedAndEndsTheTerm()
    {
        var (one, other) = (await ServerAsync("one", Long), await ServerAsync("other", Long));
        using var term = await one.TryTakeAsync(Token);
        await using var house = await DatabaseAsync(term!);
        await AddGroupAsync(house, "ann");
        await ExpireAsync();
        // Nobody has taken over yet: what is written is seen by whoever will.
        await AddGroupAsync(house, "ben");
        using var second = await other.TryTakeAsync(Token);

        var refused = await Should.ThrowAsync<StorageException>(() => AddGroupAsync(house, "eve"));
        refused.Fault.Code.ShouldBe(ErrorCode.NoActiveServer);
        term!.Ended.IsCancellationRequested.ShouldBeTrue();
        await Should.ThrowAsync<StorageException>(async () => await (await DatabaseAsync(term)).DisposeAsync());
        await using var next = await DatabaseAsync(second!);
        await AddGroupAsync(next, "dan");
        (await GroupsAsync(next)).ShouldBe(["ann", "ben", "dan"]);
    }

    [Fact]
    public async Task Write_StandingStillInTheMiddle_IsBrokenOffByWhoeverTakesOver()
    {
        var (one, other) = (await ServerAsync("one", Long), await ServerAsync("other", Long));
        using var term = await one.TryTakeAsync(Token);
        await using var house = await DatabaseAsync(term!);
        var (stands, goesOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var writing = AddGroupAsync(house, "eve", async () =>
        {
            stands.SetResult();
            await goesOn.Task;
        });
        await stands.Task;
        await ExpireAsync();
        using var second = await other.WinAsync(_ => { }, Token).WaitAsync(Soon, Token);

        goesOn.SetResult();
        StorageFaults.Of(await Should.ThrowAsync<Exception>(() => writing)).ShouldNotBeNull();
        await using var next = await DatabaseAsync(second);
        (await GroupsAsync(next)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Free_WhatTheServerStillWrites_IsRefused()
    {
        var one = await ServerAsync("one", Long);
        using var term = await one.TryTakeAsync(Token);
        await using var house = await DatabaseAsync(term!);
        await one.FreeAsync(term!);
        await Should.ThrowAsync<StorageException>(() => AddGroupAsync(house, "eve"));
    }

    [Fact]
    public async Task Copy_OfAHouseWithServers_HasNoneOfThem()
    {
        var one = await ServerAsync("one", Long);
        await using (var alone = Storage(HouseTerm.Alone())) (await alone.GetRequiredService<HouseStore>().IsUnusedAsync(Token)).ShouldBeTrue();
        using var term = await one.TryTakeAsync(Token);
        await using var house = await DatabaseAsync(term!);
        var (copy, restored) = (Path.Combine(Root, "copy"), _name + "_restored");
        (await house.GetRequiredService<HouseStore>().CopyAsync(copy, Token)).ShouldBeNull();
        (await File.ReadAllTextAsync(copy, Token)).ShouldNotContain(term!.Secret);
        await _server.CreateDatabaseAsync(restored);
        try
        {
            await using var again = Storage(HouseTerm.Alone(), new ControlOptions { DatabasePath = "", Database = _server.ConnectionString(restored) });
            (await again.GetRequiredService<HouseStore>().RestoreAsync(copy, Token)).ShouldBeNull();
            (await GroupsAsync(again)).ShouldBeEmpty();
        }
        finally
        {
            await _server.DropDatabaseAsync(restored);
        }
    }

    private async Task<HouseLeadership> ServerAsync(string name, LeaseTimes times)
    {
        var server = new HouseLeadership(Options, new ServerIdentity(name, new Uri($"http://{name}:8006")), times, TimeProvider.System, NullLoggerFactory.Instance);
        _held.Add(server);
        await server.PrepareAsync(Token);
        return server;
    }

    private ServiceProvider Storage(HouseTerm term, ControlOptions? options = null) =>
        new ServiceCollection().AddLogging().AddMayflyControl(options ?? Options).AddSingleton(term).BuildServiceProvider();

    private async Task<ServiceProvider> DatabaseAsync(HouseTerm term)
    {
        var house = Storage(term);
        await house.GetRequiredService<HouseDatabase>().PrepareAsync(Token);
        return house;
    }

    private static Task<int> AddGroupAsync(ServiceProvider house, string name, Func<Task>? then = null) => house.GetRequiredService<HouseDatabase>().WriteAsync(async context =>
    {
        context.Groups.Add(new GroupRow { Name = name, DisplayName = "", CreatedAt = default });
        await context.SaveChangesAsync(Token);
        if (then is not null) await then();
        return 0;
    }, Token);

    private static async Task<List<string>> GroupsAsync(ServiceProvider house)
    {
        await using var context = await house.GetRequiredService<HouseDatabase>().ReadAsync(Token);
        return await context.Groups.Select(group => group.Name).Order().ToListAsync(Token);
    }

    /// <summary>The lease ends, and whoever has it can not know.</summary>
    private async Task ExpireAsync()
    {
        await using var connection = await ConnectAsync();
        await ExecuteAsync(connection, "UPDATE leadership SET until = clock_timestamp() - interval '1 ms'");
    }

    private async Task<object?> ScalarAsync(string query)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(query, connection);
        return await command.ExecuteScalarAsync(Token);
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection($"{_server.ConnectionString(_name)};Pooling=false");
        await connection.OpenAsync(Token);
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
