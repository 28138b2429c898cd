using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Pushing;
using Mayfly.Control.Sessions;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Pushing;

public sealed class PushTests : PushTestBase
{
    [Fact]
    public async Task Push_UnpublishedVersion_PublishesItBesideTheOldOneFirst()
    {
        Images.Add("v2", published: false);
        var publishing = new TaskCompletionSource<Fault?>();
        Images.OnWork = (_, _) => publishing.Task;
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 2, 4);
        await house.AvailableAsync("p", 2);
        (await BeginAsync(house)).State.ShouldBe(PushState.Publishing);
        await Eventually.HoldsAsync(async () => (await PushAsync(house)).OperationId is not null, "the version is being published");
        (await house.PoolAsync()).Version.ShouldBe("v1");
        Host.Destroyed.ShouldBeEmpty();
        publishing.SetResult(null);
        await StateAsync(house, PushState.Completed);
        await AllOfAsync(house, "v2", 2);
        Images.IsPublished("v1").ShouldBeTrue();
        (await house.PoolAsync()).KeptVersions.ShouldBe(["v1"]);
    }

    [Fact]
    public async Task Push_WithRoom_NeverHasFewerReadyThanTheSpareLevel()
    {
        Images.Add("v2", published: true);
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 3, 4);
        await house.AvailableAsync("p", 3);
        var least = int.MaxValue;
        Host.OnDestroy = id =>
        {
            lock (Images) least = Math.Min(least, Host.Machines.Count(m => m.Ready && m.MachineId != id));
            return Task.CompletedTask;
        };
        await BeginAsync(house);
        await StateAsync(house, PushState.Completed);
        await AllOfAsync(house, "v2", 3);
        least.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task Push_OneMachineWithoutRoom_EndsOnlyWhenTheNewOneIsReady()
    {
        Images.Add("v2", published: true);
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 1);
        await house.AvailableAsync("p", 1);
        var making = new TaskCompletionSource<Fault?>();
        Host.OnProvision = (_, _) => making.Task;
        await BeginAsync(house);
        await Eventually.HoldsAsync(() => Task.FromResult(Host.Provisioned.Count == 2), "the new one is being made");
        (await PushAsync(house)).State.ShouldBe(PushState.Rolling);
        making.SetResult(null);
        await StateAsync(house, PushState.Completed);
        (await PushAsync(house)).Replaced.ShouldBe(1);
    }

    [Fact]
    public async Task Push_MachineInUse_WaitsForItsLogOff()
    {
        Images.Add("v2", published: true);
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 3, "ann");
        var session = await house.OpenAsync("ann");
        await house.AvailableAsync("p", 1);
        await BeginAsync(house);
        await Eventually.HoldsAsync(async () => await PushAsync(house) is { Replaced: 1, Remaining: 0, Waiting: 1, Failed: 0, State: PushState.Rolling }, "one is replaced, one waits");
        (await house.MachineAsync(session.Machine)).Version.ShouldBe("v1");
        (await house.Get<DesktopCards>().ListAsync("ann", default))[0].Session!.Notice.ShouldBeNull();
        await house.LogOffAsync(session);
        await StateAsync(house, PushState.Completed);
        await AllOfAsync(house, "v2", 1);
    }

    [Fact]
    public async Task Push_WhileOneIsInProgress_IsRefusedNamingIt()
    {
        Images.Add("v2", published: false);
        Images.Add("v3", published: true);
        Images.OnWork = (_, token) => Task.Delay(Timeout.Infinite, token).ContinueWith<Fault?>(_ => null, default(CancellationToken));
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 3);
        var push = await BeginAsync(house);
        var begun = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => house.Get<PushDesk>().BeginAsync("p", new PushImageRequest { Version = "v3" }, "test", default)));
        begun.ShouldAllBe(b => b.Fault!.Code == ErrorCode.Busy && b.Fault.What.Contains(push.Id));
    }

    [Theory]
    [InlineData("v1", ErrorCode.InvalidRequest)]
    [InlineData("v9", ErrorCode.NotFound)]
    public async Task Push_ToTheOwnOrAnUnknownVersion_IsRefused(string version, ErrorCode code)
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 3);
        (await house.Get<PushDesk>().BeginAsync("p", new PushImageRequest { Version = version }, "test", default)).Fault!.Code.ShouldBe(code);
        (await house.PoolAsync()).Push.ShouldBeNull();
    }

    [Fact]
    public async Task Push_PublishFails_FailsAndLeavesThePoolAsItWas()
    {
        Images.Add("v2", published: false);
        Images.OnWork = (_, _) => Task.FromResult<Fault?>(new Fault(ErrorCode.PublishFailed, "It did not boot."));
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 3);
        await house.AvailableAsync("p", 1);
        await BeginAsync(house);
        await StateAsync(house, PushState.Failed);
        (await PushAsync(house)).Fault!.What.ShouldBe("It did not boot.");
        (await house.PoolAsync()).Version.ShouldBe("v1");
        Host.Destroyed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Push_StartInTheFuture_StaysScheduledAndCanBeCancelled()
    {
        Images.Add("v2", published: false);
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 3);
        await house.AvailableAsync("p", 1);
        await BeginAsync(house, new PushImageRequest { Version = "v2", StartAt = Time.GetUtcNow().AddHours(1) });
        await StateAsync(house, PushState.Scheduled);
        Images.IsPublished("v2").ShouldBeTrue();
        (await house.Get<PushDesk>().CancelAsync("p", "test", default)).Value.State.ShouldBe(PushState.Cancelled);
        Host.Destroyed.ShouldBeEmpty();
        (await house.Get<PushDesk>().CancelAsync("p", "test", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Push_OverAndOver_KeepsTheLastFifty()
    {
        Images.Add("v2", published: true);
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 0, 1);
        for (var number = 0; number < 52; number++)
        {
            await BeginAsync(house, new PushImageRequest { Version = "v2", StartAt = Time.GetUtcNow().AddHours(1) });
            (await house.Get<PushDesk>().CancelAsync("p", "test", default)).Fault.ShouldBeNull();
        }

        (await house.ReadAsync(context => context.Pushes.Count())).ShouldBe(50);
        (await PushAsync(house)).State.ShouldBe(PushState.Cancelled);
    }

    [Fact]
    public async Task Push_StartTimeCome_RollsByItself()
    {
        Images.Add("v2", published: true);
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 3);
        await house.AvailableAsync("p", 1);
        await BeginAsync(house, new PushImageRequest { Version = "v2", StartAt = Time.GetUtcNow().AddMilliseconds(300) });
        await StateAsync(house, PushState.Completed);
        await AllOfAsync(house, "v2", 1);
    }

    [Fact]
    public async Task Watch_Push_EndsWithIt()
    {
        Images.Add("v2", published: true);
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 2, 3);
        await house.AvailableAsync("p", 2);
        await BeginAsync(house);
        var seen = new List<PushView>();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await foreach (var push in (await house.Get<PushReader>().WatchAsync("p", default)).Value(limit.Token)) seen.Add(push);
        seen[^1].State.ShouldBe(PushState.Completed);
        seen.Zip(seen.Skip(1)).ShouldAllBe(pair => pair.First != pair.Second);
        (await house.Get<PushReader>().ListAsync("p", default)).Value.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Push_KilledWhilePublishing_GoesOnWithTheNextHouse()
    {
        Images.Add("v2", published: false);
        Images.OnWork = async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        var first = await StartAsync();
        await first.AddPoolAsync("p", 2, 3);
        await first.AvailableAsync("p", 2);
        await BeginAsync(first);
        await Eventually.HoldsAsync(async () => (await PushAsync(first)).OperationId is not null, "the version is being published");
        await first.DisposeAsync();
        Images.OnWork = (_, _) => Task.FromResult<Fault?>(null);
        await using var second = await StartAsync();
        await StateAsync(second, PushState.Completed);
        await AllOfAsync(second, "v2", 2);
    }

    [Fact]
    public async Task Push_KilledWhileRolling_GoesOnWithTheNextHouse()
    {
        Images.Add("v2", published: true);
        var first = await StartAsync();
        await first.AddPoolAsync("p", 3, 4);
        await first.AvailableAsync("p", 3);
        Host.OnProvision = async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        await BeginAsync(first);
        await Eventually.HoldsAsync(() => Task.FromResult(Host.Provisioned.Count > 3), "a new one is being made");
        await first.DisposeAsync();
        Host.OnProvision = (_, _) => Task.FromResult<Fault?>(null);
        await using var second = await StartAsync();
        await StateAsync(second, PushState.Completed);
        await AllOfAsync(second, "v2", 3);
        Host.Machines.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Push_DedicatedPool_RebuildsAnOwnedMachineForItsOwner()
    {
        Images.Add("v2", published: true);
        await using var house = await StartAsync();
        await house.AddPoolAsync(Dedicated(0), "ann");
        var session = await house.OpenAsync("ann");
        var before = await house.MachineAsync(session.Machine);
        await house.LogOffAsync(session);
        await BeginAsync(house);
        await StateAsync(house, PushState.Completed);
        var after = await house.MachineAsync(session.Machine);
        (after.Version, after.Owner, after.Mac).ShouldBe(("v2", "ann", before.Mac));
        after.Id.ShouldNotBe(before.Id);
    }
}
