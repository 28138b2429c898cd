using System.Globalization;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Pools;
using Mayfly.Control.Sessions;
using Mayfly.Control.Tests.Sessions;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Pools;

public sealed class OpeningHoursTests : SteppedHouse
{
    private static readonly DayOfWeek[] Work = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    // By day on workdays, and from Friday evening through the night.
    private static readonly OpeningHours Berlin = new("Europe/Berlin", [
        new OpenPeriod(Work, new TimeOnly(7, 0), new TimeOnly(18, 0)), new OpenPeriod([DayOfWeek.Friday], new TimeOnly(18, 0), new TimeOnly(2, 0)),
    ]);

    [Theory]
    [InlineData("2026-11-24T05:59:59Z", false, "2026-11-24T06:00:00Z")]
    [InlineData("2026-11-24T06:00:00Z", true, "2026-11-24T17:00:00Z")]
    [InlineData("2026-11-24T17:00:00Z", false, "2026-11-25T06:00:00Z")]
    // Friday: two periods adjoin and end in the night to Saturday.
    [InlineData("2026-11-27T12:00:00Z", true, "2026-11-28T01:00:00Z")]
    [InlineData("2026-11-28T00:59:00Z", true, "2026-11-28T01:00:00Z")]
    [InlineData("2026-11-28T01:00:00Z", false, "2026-11-30T06:00:00Z")]
    // Over the change of clocks, in the night to Sunday the 29th of March.
    [InlineData("2026-03-28T12:00:00Z", false, "2026-03-30T05:00:00Z")]
    public void At_WeekOfBerlin_FollowsWeekdaysZoneAndClockChange(string now, bool open, string until) =>
        OpeningTimes.At(Berlin, Parse(now)).ShouldBe((open, Parse(until)));

    [Fact]
    public void At_FromEqualToUntil_IsAWholeDay()
    {
        var hours = new OpeningHours("UTC", [new OpenPeriod([DayOfWeek.Tuesday], new TimeOnly(9, 0), new TimeOnly(9, 0))]);
        OpeningTimes.At(hours, Parse("2026-11-25T08:59:00Z")).ShouldBe((true, Parse("2026-11-25T09:00:00Z")));
    }

    [Fact]
    public void At_WithoutHours_IsOpenForEver() => OpeningTimes.At(null, DateTimeOffset.UnixEpoch).ShouldBe((true, null));

    [Fact]
    public async Task Open_OutsideHours_SaysWhenItOpensNextAndSessionsGoOn()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Version = "v1", Spare = 1, Maximum = 3, Hours = Berlin }, "ann", "ben");
        (await house.PoolAsync()).Hours!.Periods.Count.ShouldBe(2);
        var session = await house.OpenAsync("ann");
        Clock.Advance(TimeSpan.FromHours(8));
        (await house.OpenAsync("ann")).Id.ShouldBe(session.Id);
        var fault = (await house.Broker.OpenAsync("ben", "p", default)).Fault!;
        (fault.Code, fault.Why).ShouldBe((ErrorCode.OutsideHours, "It opens next on Wednesday, 25 November 2026 at 07:00 (Europe/Berlin)."));
        (await house.Broker.OpenAsync("eve", "p", default)).Fault!.Code.ShouldBe(ErrorCode.Forbidden);
        var cards = house.Get<DesktopCards>();
        (await cards.ListAsync("ann", default))[0].Closed.ShouldBeNull();
        (await cards.ListAsync("ben", default))[0].Closed.ShouldBe(fault);
    }

    [Fact]
    public async Task Cards_HourComes_ChangeByThemselves()
    {
        await using var house = await StartSteppedAsync();
        var hours = new OpeningHours("UTC", [new OpenPeriod(Work, new TimeOnly(8, 0), new TimeOnly(9, 30))]);
        await house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Version = "v1", Spare = 0, Maximum = 3, Hours = hours, Clipboard = ClipboardRule.ToGuest }, "ann");
        await using var cards = house.Get<DesktopCards>().WatchAsync("ann", default).GetAsyncEnumerator();
        await cards.MoveNextAsync();
        (cards.Current[0].Closed, cards.Current[0].Clipboard).ShouldBe((null, ClipboardRule.ToGuest));
        var next = cards.MoveNextAsync().AsTask();
        // Minute by minute: whenever the watch begins to wait, the hour is still to come.
        await Eventually.HoldsAsync(() =>
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            return Task.FromResult(next.IsCompleted);
        }, "the card has changed");
        cards.Current[0].Closed!.Code.ShouldBe(ErrorCode.OutsideHours);
    }

    [Theory]
    [InlineData("Mars/Olympus", true, true)]
    [InlineData("", true, true)]
    [InlineData("UTC", false, true)]
    [InlineData("UTC", true, false)]
    public async Task Create_InvalidHours_IsRefused(string zone, bool withDay, bool withPeriod)
    {
        await using var house = await StartSteppedAsync();
        var hours = new OpeningHours(zone, withPeriod ? [new OpenPeriod(withDay ? Work : [], default, default)] : []);
        (await house.Pools.CreateAsync(new CreatePoolRequest { Name = "p", Image = "micro", Version = "v1", Hours = hours }, "test", default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(10_081, null)]
    [InlineData(null, -1)]
    [InlineData(null, 10_081)]
    public async Task Create_MinutesOutOfRange_IsRefused(int? idle, int? logOff)
    {
        await using var house = await StartSteppedAsync();
        var request = new CreatePoolRequest { Name = "p", Image = "micro", Version = "v1", DisconnectIdleMinutes = idle, LogOffDisconnectedMinutes = logOff };
        (await house.Pools.CreateAsync(request, "test", default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
    }

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
