using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Sessions;
using Mayfly.TestKit;
using Microsoft.Extensions.Hosting;

namespace Mayfly.Control.Tests.Sessions;

/// <summary>What the rules of a pool do to its sessions.</summary>
public sealed class SessionRuleTests : SteppedHouse
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CreatePoolRequest Pool(int? logOff = null, int? idle = null) =>
        new() { Name = "p", Image = "micro", Version = "v1", Spare = 1, Maximum = 4, LogOffDisconnectedMinutes = logOff, DisconnectIdleMinutes = idle };

    [Fact]
    public async Task Idle_NoInput_ClosesTheDisplaysWithAReasonAndTheSessionGoesOn()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync(Pool(idle: 5), "ann");
        var session = await house.OpenAsync("ann");
        using var one = await ShowAsync(house, session);
        using var two = await ShowAsync(house, session);
        await StepAsync(house, 5 * Minute - TimeSpan.FromSeconds(1));
        one.Token.IsCancellationRequested.ShouldBeFalse();
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(() => Task.FromResult(one.Token.IsCancellationRequested && two.Token.IsCancellationRequested), "both are closed");
        one.Reason.ShouldBe("You were not active for 5 min. Your session goes on: open the desktop again.");
        (await RowAsync(house, session)).EndedAt.ShouldBeNull();
        await Eventually.HoldsAsync(async () => (await house.EventKindsAsync()).Contains(EventKinds.SessionDisconnected), "it is an event");
    }

    [Fact]
    public async Task Idle_InputOnOneDisplay_KeepsAllOpen()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync(Pool(idle: 5), "ann");
        var session = await house.OpenAsync("ann");
        using var used = await ShowAsync(house, session);
        using var looked = await ShowAsync(house, session);
        for (var i = 0; i < 4; i++)
        {
            await StepAsync(house, 4 * Minute);
            house.Get<SessionInputs>().Note(used);
        }

        (used.Token.IsCancellationRequested, looked.Token.IsCancellationRequested).ShouldBe((false, false));
        Clock.Advance(5 * Minute);
        await Eventually.HoldsAsync(() => Task.FromResult(looked.Token.IsCancellationRequested), "it is closed in the end");
    }

    [Fact]
    public async Task Disconnected_TooLong_IsLoggedOffAtTheLimitAndNotBefore()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync(Pool(logOff: 10), "ann");
        var session = await house.OpenAsync("ann");
        var machine = await house.MachineAsync(session.Machine);
        using var display = await ShowAsync(house, session);
        await StepAsync(house, 30 * Minute);
        await HideAsync(house, session, display);
        await StepAsync(house, 10 * Minute - TimeSpan.FromSeconds(1));
        (await RowAsync(house, session)).EndedAt.ShouldBeNull();
        Clock.Advance(TimeSpan.FromSeconds(1));
        await EndsAsync(house, session);
        (await RowAsync(house, session)).EndedBy.ShouldBe("disconnected-too-long");
        await Eventually.HoldsAsync(() => Task.FromResult(Host.Destroyed.Contains(machine.Id)), "its machine is gone");
        (await house.ReadAsync(c => c.Events.Single(e => e.Kind == EventKinds.SessionEnded))).User.ShouldBe("ann");
    }

    [Fact]
    public async Task Disconnected_NeverOpened_IsCountedFromItsStart()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync(Pool(logOff: 10), "ann");
        var session = await house.OpenAsync("ann");
        await StepAsync(house, 9 * Minute);
        (await RowAsync(house, session)).EndedAt.ShouldBeNull();
        Clock.Advance(Minute);
        await EndsAsync(house, session);
    }

    [Fact]
    public async Task Disconnected_Zero_EndsAtOnceButLeavesTimeToGetThere()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync(Pool(logOff: 0), "ann", "ben");
        var (ann, ben) = (await house.OpenAsync("ann"), await house.OpenAsync("ben"));
        await StepAsync(house, Minute / 2);
        (await RowAsync(house, ann)).EndedAt.ShouldBeNull();
        using var display = await ShowAsync(house, ann);
        await HideAsync(house, ann, display);
        await EndsAsync(house, ann);
        (await RowAsync(house, ben)).EndedAt.ShouldBeNull();
        Clock.Advance(Minute / 2);
        await EndsAsync(house, ben);
    }

    [Fact]
    public async Task Disconnected_DedicatedWithRefresh_FollowsTheRefreshRule()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync(Dedicated(0) with { Refresh = RefreshRule.Always, LogOffDisconnectedMinutes = 10 }, "ann");
        var session = await house.OpenAsync("ann");
        var before = await house.MachineAsync(session.Machine);
        Clock.Advance(10 * Minute);
        await house.MachineHoldsAsync(session.Machine, m => m.Id != before.Id && m.State == MachineState.Available, "it has a fresh disk");
        (await house.MachineAsync(session.Machine)).Owner.ShouldBe("ann");
    }

    [Fact]
    public async Task Disconnected_LimitSetLater_CountsForSessionsInProgress()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync(Pool(), "ann");
        var session = await house.OpenAsync("ann");
        await StepAsync(house, 60 * Minute);
        (await RowAsync(house, session)).EndedAt.ShouldBeNull();
        await house.ChangeAsync("p", s => s with { LogOffDisconnectedMinutes = 30 });
        await EndsAsync(house, session);
    }

    [Fact]
    public async Task Restart_DisconnectedTooLongMeanwhile_IsLoggedOff()
    {
        var first = await StartSteppedAsync();
        await first.AddPoolAsync(Pool(logOff: 10), "ann");
        var session = await first.OpenAsync("ann");
        using (var display = await ShowAsync(first, session)) await HideAsync(first, session, display);
        await first.DisposeAsync();
        Clock.Advance(6 * Minute);
        await using var second = await StartSteppedAsync();
        await StepAsync(second, 3 * Minute);
        (await RowAsync(second, session)).EndedAt.ShouldBeNull();
        Clock.Advance(Minute);
        await EndsAsync(second, session);
        (await RowAsync(second, session)).EndedBy.ShouldBe(SessionEnds.DisconnectedTooLong);
    }

    [Fact]
    public async Task Restart_ConnectedWhenKilled_IsCountedFromTheStartOfTheNext()
    {
        var first = await StartSteppedAsync();
        await first.AddPoolAsync(Pool(logOff: 0), "ann", "ben");
        var (ann, ben) = (await first.OpenAsync("ann"), await first.OpenAsync("ben"));
        using var one = await ShowAsync(first, ann);
        using var two = await ShowAsync(first, ben);
        await first.DisposeAsync();
        Clock.Advance(60 * Minute);
        await using var second = await StartSteppedAsync();
        await StepAsync(second, Minute / 2);
        using var again = await ShowAsync(second, ann);
        await StepAsync(second, Minute);
        await EndsAsync(second, ben);
        (await RowAsync(second, ann)).EndedAt.ShouldBeNull();
    }

    [Fact]
    public async Task Stop_DisplaysClosing_LogsNobodyOff()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync(Pool(logOff: 0), "ann");
        var session = await house.OpenAsync("ann");
        using var display = await ShowAsync(house, session);
        house.Get<IHostApplicationLifetime>().StopApplication();
        await HideAsync(house, session, display);
        await house.LookedAtAsync("p");
        (await RowAsync(house, session)).EndedAt.ShouldBeNull();
    }

    [Fact]
    public async Task Jump_OfTheWallClock_LogsNobodyOff()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Pool(logOff: 10, idle: 10), "ann", "ben");
        var (ann, ben) = (await house.OpenAsync("ann"), await house.OpenAsync("ben"));
        using var shown = await ShowAsync(house, ann);
        using (var display = await ShowAsync(house, ben)) await HideAsync(house, ben, display);
        Time.Jump(TimeSpan.FromDays(1));
        await house.LookedAtAsync("p");
        (await RowAsync(house, ben)).EndedAt.ShouldBeNull();
        shown.Token.IsCancellationRequested.ShouldBeFalse();
    }
}
