using Mayfly.Contracts.Api;
using Mayfly.Control.Sessions;
using Mayfly.Control.Signals;

namespace Mayfly.Control.Tests.Sessions;

/// <summary>Users who come back at the moment they are to be logged off.</summary>
public sealed class ReconnectTests : SteppedHouse
{
    private static CreatePoolRequest Pool => new() { Name = "p", Image = "micro", Version = "v1", Spare = 2, Maximum = 60, LogOffDisconnectedMinutes = 10 };

    [Fact]
    public async Task Reconnect_InTime_BeginsTheTimeAnew()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync(Pool, "ann");
        var session = await house.OpenAsync("ann");
        await StepAsync(house, TimeSpan.FromMinutes(9));
        using var display = await ShowAsync(house, session);
        await StepAsync(house, TimeSpan.FromHours(1));
        await HideAsync(house, session, display);
        await StepAsync(house, TimeSpan.FromMinutes(9));
        (await RowAsync(house, session)).EndedAt.ShouldBeNull();
        Clock.Advance(TimeSpan.FromMinutes(1));
        await EndsAsync(house, session);
    }

    [Fact]
    public async Task Reconnect_DisplayBeingOpened_IsNotEnded()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync(Pool, "ann");
        var session = await house.OpenAsync("ann");
        using var display = house.Get<SessionDisplays>().Hold(session.Id, new DisplayOrigin(null, SessionClient.Browser, null, 0), default);
        await StepAsync(house, TimeSpan.FromMinutes(11));
        (await house.Desk.EndUnusedAsync(session.Id, row => !house.Get<SessionDisplays>().IsUsed(row.Id), default)).Fault.ShouldNotBeNull();
        (await RowAsync(house, session)).EndedAt.ShouldBeNull();
    }

    [Fact]
    public async Task Reconnect_OpenedAgainInTime_HasTheTimeToGetToItsDisplay()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync(Pool, "ann");
        var session = await house.OpenAsync("ann");
        await StepAsync(house, TimeSpan.FromSeconds(599));
        (await house.OpenAsync("ann")).Id.ShouldBe(session.Id);
        await StepAsync(house, TimeSpan.FromSeconds(30));
        (await RowAsync(house, session)).EndedAt.ShouldBeNull();
        Clock.Advance(TimeSpan.FromSeconds(30));
        await EndsAsync(house, session);
    }

    /// <summary>Whatever comes first: a session with a display is open, and a display of a session that has ended is closed.</summary>
    [Fact]
    public async Task Reconnect_AtTheVeryMoment_EitherHasItsDisplayOrIsToldThatItEnded()
    {
        await using var house = await StartSteppedAsync();
        var users = Enumerable.Range(1, 30).Select(n => $"user{n}").ToArray();
        await house.AddPoolAsync(Pool, users);
        var sessions = new List<SessionView>();
        foreach (var user in users) sessions.Add(await house.OpenAsync(user));
        Clock.Advance(TimeSpan.FromMinutes(10));
        var came = await Task.WhenAll(sessions.Select(session => Task.Run(() => ComeBackAsync(house, session))));
        await house.LookedAtAsync("p");
        foreach (var (session, display, inTime) in came)
        {
            var ended = (await RowAsync(house, session)).EndedAt is not null;
            // Who came after the end was told so, and got no display.
            if (ended && inTime) await TestKit.Eventually.HoldsAsync(() => Task.FromResult(display.Token.IsCancellationRequested), $"{session.Machine}'s display is closed");
            if (!ended) inTime.ShouldBeTrue(session.Machine);
            display.Dispose();
        }
    }

    private static async Task<(SessionView Session, SessionLease Display, bool InTime)> ComeBackAsync(House house, SessionView session)
    {
        var id = (await house.ReadAsync(c => c.Sessions.Single(s => s.Id == session.Id))).MachineId;
        var machine = house.Get<Lifetimes>().Hold(Lifetimes.Machine(id), default);
        var display = house.Get<SessionDisplays>().Hold(session.Id, new DisplayOrigin(null, SessionClient.Browser, null, 0), machine.Token);
        var inTime = await house.Desk.MachineOfAsync(session.Id, session.User, default) is not null;
        if (inTime) await house.Desk.DisplayAsync(session.Id, opened: true, display);
        return (session, display, inTime);
    }
}
