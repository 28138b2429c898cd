using Mayfly.Contracts.Api;
using Mayfly.Control.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace Mayfly.Control.Tests.Sessions;

/// <summary>Tests of a house whose clocks, both of them, stand still until they are stepped on.</summary>
public abstract class SteppedHouse : HouseTestBase
{
    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));

    internal Task<House> StartSteppedAsync() => House.StartAsync(Root, Host, null, Images, Clock);

    /// <summary>Opens a display as the server does: held first, counted once it is open.</summary>
    internal async Task<SessionLease> ShowAsync(House house, SessionView session, string? signIn = null)
    {
        var display = house.Get<SessionDisplays>().Hold(session.Id, new DisplayOrigin("192.0.2.1", SessionClient.Browser, signIn, Clock.GetTimestamp()), CancellationToken.None);
        await house.Desk.DisplayAsync(session.Id, opened: true, display);
        return display;
    }

    internal static async Task HideAsync(House house, SessionView session, SessionLease display)
    {
        await house.Desk.DisplayAsync(session.Id, opened: false, display);
        display.Dispose();
    }

    internal static Task<SessionRow> RowAsync(House house, SessionView session) => house.ReadAsync(c => c.Sessions.Single(s => s.Id == session.Id));

    internal static Task EndsAsync(House house, SessionView session) =>
        TestKit.Eventually.HoldsAsync(async () => (await RowAsync(house, session)).EndedAt is not null, "the session has ended");

    /// <summary>Steps the clocks on, and returns when the pool has been looked at since.</summary>
    internal async Task StepAsync(House house, TimeSpan by)
    {
        Clock.Advance(by);
        await house.LookedAtAsync("p");
    }
}
