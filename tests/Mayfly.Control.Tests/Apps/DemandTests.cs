using System.Collections.Concurrent;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Sessions;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Apps;

public sealed class DemandTests : AppTestBase
{
    private readonly ConcurrentQueue<TaskCompletionSource<string>> _waits = new();

    [Fact]
    public async Task Open_DemandApp_IsShownAsALauncherAndAttachedWhenItIsStarted()
    {
        Listen();
        await using var house = await StartWithDemandAsync();
        var session = await house.OpenAsync("ann");
        session.Apps.Single().Attached.ShouldBeFalse();
        Host.Attaches.ShouldBeEmpty();
        await StartedAsync(await PackageAsync(house, "writer", "1") + ".0");
        await Eventually.HoldsAsync(async () => (await RowAsync(house, session.Id)).Apps.Single().Attached, "the application is attached");
        (await house.EventKindsAsync()).ShouldContain(EventKinds.AppAttached);
    }

    [Fact]
    public async Task Restart_OpenSession_IsListenedToAgain()
    {
        Listen();
        var first = await StartWithDemandAsync();
        var session = await first.OpenAsync("ann");
        await Eventually.HoldsAsync(() => Task.FromResult(!_waits.IsEmpty), "launchers are shown");
        await first.DisposeAsync();
        _waits.Clear();
        await using var second = await StartAsync();
        await StartedAsync(await PackageAsync(second, "writer", "1") + ".0");
        await Eventually.HoldsAsync(async () => (await RowAsync(second, session.Id)).Apps.Single().Attached, "the application is attached");
    }

    [Fact]
    public async Task AttachApp_ByTheApi_AttachesOnce()
    {
        await using var house = await StartWithDemandAsync();
        var session = await house.OpenAsync("ann");
        var attacher = house.Get<SessionAttacher>();
        (await attacher.AttachAppAsync(session.Id, "writer", "ann", default)).Value.Apps.Single().Attached.ShouldBeTrue();
        (await attacher.AttachAppAsync(session.Id, "writer", "ann", default)).Value.Apps.Single().Attached.ShouldBeTrue();
        Host.Attaches.Count.ShouldBe(1);
        (await attacher.AttachAppAsync(session.Id, "nothing", "ann", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task AttachApp_ThatFails_TellsWhyAndTheSessionGoesOn()
    {
        await using var house = await StartWithDemandAsync();
        var session = await house.OpenAsync("ann");
        Host.OnAttach = (_, _) => Task.FromResult<Outcome<Mayfly.Engine.Attaching.AttachResult>>(new Fault(ErrorCode.AgentSilent, "It is silent."));
        (await house.Get<SessionAttacher>().AttachAppAsync(session.Id, "writer", "ann", default)).Fault!.Code.ShouldBe(ErrorCode.AgentSilent);
        (await RowAsync(house, session.Id)).EndedAt.ShouldBeNull();
    }

    private async Task<House> StartWithDemandAsync()
    {
        var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2, "ann");
        await AddAppAsync(house, "writer", "1");
        await AssignAsync(house, "writer", new AssignAppRequest(User: "ann", Delivery: PackageDelivery.Demand));
        return house;
    }

    private void Listen() => Host.OnLaunch = (_, _, token) =>
    {
        var wait = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(() => wait.TrySetCanceled(token));
        _waits.Enqueue(wait);
        return AnswerAsync(wait);
    };

    private static async Task<Outcome<string>> AnswerAsync(TaskCompletionSource<string> wait) => await wait.Task;

    private async Task StartedAsync(string launcher)
    {
        TaskCompletionSource<string>? wait = null;
        await Eventually.HoldsAsync(() => Task.FromResult(_waits.TryDequeue(out wait)), "launchers are shown");
        wait!.SetResult(launcher);
    }
}
