using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Apps;
using Mayfly.Control.Captures;
using Mayfly.Control.Operations;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Mayfly.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace Mayfly.Control.Tests.Storage;

/// <summary>The directory of the database is a small file system of its own, and is filled up.</summary>
public sealed class FullDatabaseTests : IDisposable
{
    private readonly FakeMachineHost _host = new();
    private readonly SmallDisk? _disk;
    private readonly string _lack;

    public FullDatabaseTests() => (_disk, _lack) = SmallDisk.TryMake(2);

    public void Dispose() => _disk?.Dispose();

    [Fact]
    public async Task Full_Database_LosesNothingAndHealsWhenThereIsRoom()
    {
        Assert.SkipWhen(TestDatabase.IsPostgres, "PostgreSQL keeps its files elsewhere.");
        Assert.SkipWhen(_disk is null, _lack);
        await using var house = await House.StartAsync(_disk.Root, _host, o => o with { Resync = TimeSpan.FromMilliseconds(500) });
        await house.AddPoolAsync("p", 2, 4, "ann", "ben");
        var session = await house.OpenAsync("ann");
        await house.AvailableAsync("p", 2);
        var (all, destroyed) = (_host.Machines.Select(m => m.MachineId).Order().ToList(), _host.Destroyed.Count);

        await FillAsync(house);
        var thrown = await Should.ThrowAsync<Exception>(() => house.Desk.LogOffAsync(session.Id, "ann", "ann", default));
        StorageFaults.Of(thrown)!.Code.ShouldBe(ErrorCode.HostDiskLow);
        await Should.ThrowAsync<Exception>(() => house.Broker.OpenAsync("ben", "p", default));
        await Should.ThrowAsync<Exception>(() => house.Machines.DeleteAsync("p-1", "test", default));
        (await house.PoolAsync()).InUse.ShouldBe(1);
        (await house.Machines.ListAsync(PoolScope.House, default)).Count.ShouldBe(3);
        _host.Machines.Select(m => m.MachineId).Order().ShouldBe(all);
        _host.Destroyed.Count.ShouldBe(destroyed);

        _disk.Empty();
        (await house.OpenAsync("ann")).Id.ShouldBe(session.Id);
        await house.LogOffAsync(session);
        await house.OpenAsync("ben");
        await Eventually.HoldsAsync(async () => (await house.PoolAsync()) is { Available: 2, Total: 3 } && _host.Machines.Count == 3, "the pool is as it should be", 30);
    }

    [Fact]
    public async Task Full_WhileAMachineIsBeingMadeAndAnotherDestroyed_IsNotAHotLoopAndHeals()
    {
        Assert.SkipWhen(TestDatabase.IsPostgres, "PostgreSQL keeps its files elsewhere.");
        Assert.SkipWhen(_disk is null, _lack);
        await using var house = await House.StartAsync(_disk.Root, _host, o => o with { Resync = TimeSpan.FromSeconds(1) });
        await house.AddPoolAsync("p", 1, 4);
        await house.AvailableAsync("p", 1);
        var (making, destroying) = (new TaskCompletionSource<Fault?>(), new TaskCompletionSource());
        (_host.OnProvision, _host.OnDestroy) = ((_, _) => making.Task, _ => destroying.Task);
        var forking = house.Machines.ForkAsync("p", default);
        var deleting = house.Machines.DeleteAsync("p-1", "test", default);
        await house.MachineHoldsAsync("p-1", m => m.State == MachineState.Deleting, "it is being destroyed");
        await Eventually.HoldsAsync(() => Task.FromResult(_host.Provisioned.Count >= 2), "one is being made");

        await FillAsync(house);
        making.SetResult(null);
        destroying.SetResult();
        await Should.ThrowAsync<Exception>(forking);
        await Should.ThrowAsync<Exception>(deleting);
        var asked = _host.Provisioned.Count + _host.Destroyed.Count;
        await house.PoolAsync();
        _disk.Empty();
        await Eventually.HoldsAsync(async () => (await house.Machines.ListAsync(PoolScope.House, default)) is var all && all.All(m => m.State == MachineState.Available)
            && all.Select(m => m.Id).Order().SequenceEqual(_host.Machines.Select(m => m.MachineId).Order()), "rows and machines are the same", 30);
        (_host.Provisioned.Count + _host.Destroyed.Count - asked).ShouldBeLessThan(20);
    }

    [Fact]
    public async Task Full_Database_StillKnowsWhoAsks()
    {
        Assert.SkipWhen(TestDatabase.IsPostgres, "PostgreSQL keeps its files elsewhere.");
        Assert.SkipWhen(_disk is null, _lack);
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var house = await House.StartAsync(_disk.Root, _host, time: clock);
        (await house.Get<UserDirectory>().AddAsync(new AddUserRequest("ann"), "test", default)).Fault.ShouldBeNull();
        var cookie = await house.Get<SignIns>().BeginAsync("ann", null, null, default);
        var token = (await house.Get<ApiTokens>().MakeAsync("ann", new MakeTokenRequest(), "test", default)).Value.Token;

        await FillAsync(house);
        // Late enough for both to be noted as used.
        clock.Advance(TimeSpan.FromMinutes(10));

        (await house.Get<SignIns>().FindAsync(cookie, default)).ShouldNotBeNull();
        (await house.Get<ApiTokens>().FindAsync(token, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Full_Database_JobsEndAllTheSame()
    {
        Assert.SkipWhen(TestDatabase.IsPostgres, "PostgreSQL keeps its files elsewhere.");
        Assert.SkipWhen(_disk is null, _lack);
        await using var house = await House.StartAsync(_disk.Root, _host);
        await FillAsync(house);

        var begun = house.Get<ImageJobs>().Build(new BuildImageRequest("micro"), "test").Value;

        await Eventually.HoldsAsync(() => Task.FromResult(house.Get<OperationBoard>().Find(begun.Id).Value.State == "succeeded"), "it has ended");
    }

    [Fact]
    public async Task Full_WhileACaptureGoesOn_ComesToItsEndWhenThereIsRoom()
    {
        Assert.SkipWhen(TestDatabase.IsPostgres, "PostgreSQL keeps its files elsewhere.");
        Assert.SkipWhen(_disk is null, _lack);
        var (packages, reached, go) = (new FakePackageLibrary(), new TaskCompletionSource(), new TaskCompletionSource<Fault?>());
        packages.OnWork = (what, _) =>
        {
            if (what != "install") return Task.FromResult<Fault?>(null);
            reached.TrySetResult();
            return go.Task;
        };
        await using var house = await House.StartAsync(_disk.Root, _host, o => o with { Resync = TimeSpan.FromMilliseconds(500) }, packages: packages);
        (await house.Get<AppBook>().CreateAsync(new CreateAppRequest("writer"), "test", default)).Fault.ShouldBeNull();
        var id = (await house.Get<CaptureBook>().BeginAsync(new BeginCaptureRequest("writer", "1.0", "micro") { Packages = ["hello"] }, "test", default)).Value.Id;
        await reached.Task;

        await FillAsync(house);
        go.SetResult(null);
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        _disk.Empty();

        await Eventually.HoldsAsync(async () => (await house.Get<CaptureBook>().FindAsync(id, default)).Value is { EndedAt: not null, State: CaptureState.Done }, "it has come to its end", 30);
        _host.Machines.ShouldBeEmpty();
    }

    /// <summary>Fills the file system to the last byte, and the room that the database's own files still have.</summary>
    private async Task FillAsync(House house)
    {
        try
        {
            _disk!.FillUpTo(0);
        }
        catch (IOException)
        {
            // The house took the last of it.
        }

        var written = 0;
        try
        {
            for (; written < 2000; written++) await house.Get<Control.Events.EventLog>().RecordAsync(new Control.Events.HouseEvent("test.filler", new string('x', 1000)), default);
        }
        catch (Exception exception) when (StorageFaults.Of(exception) is not null)
        {
            return;
        }

        throw new InvalidOperationException("The database is not full.");
    }
}
