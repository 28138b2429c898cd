using System.Globalization;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Pools;

namespace Mayfly.Control.Tests.Pools;

public sealed class ScheduleTests : HouseTestBase
{
    private static readonly DayOfWeek[] Work = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    private static readonly SpareSchedule Berlin = new("Europe/Berlin", [
        new SpareLevel(Work, new TimeOnly(7, 0), 8), new SpareLevel(Work, new TimeOnly(18, 0), 2), new SpareLevel([DayOfWeek.Saturday], new TimeOnly(0, 0), 0),
    ]);

    [Theory]
    [InlineData("2026-11-24T05:59:59Z", 2, "2026-11-24T06:00:00Z")]
    [InlineData("2026-11-24T06:00:00Z", 8, "2026-11-24T17:00:00Z")]
    [InlineData("2026-11-24T17:00:00Z", 2, "2026-11-25T06:00:00Z")]
    [InlineData("2026-11-28T12:00:00Z", 0, "2026-11-30T06:00:00Z")]
    // In summer time the same hour comes an hour sooner by UTC.
    [InlineData("2026-07-07T05:00:00Z", 8, "2026-07-07T16:00:00Z")]
    // Over the change of clocks, in the night to Sunday the 29th of March.
    [InlineData("2026-03-28T12:00:00Z", 0, "2026-03-30T05:00:00Z")]
    public void At_WeekOfBerlin_FollowsWeekdaysZoneAndClockChange(string now, int spare, string until) =>
        SpareLevels.At(new PoolSettings { Schedule = Berlin }, Parse(now)).ShouldBe((spare, Parse(until)));

    [Theory]
    [InlineData("2026-03-29T00:59:00Z", 1)]
    [InlineData("2026-03-29T01:30:00Z", 5)]
    [InlineData("2026-10-25T00:15:00Z", 1)]
    [InlineData("2026-10-25T01:30:00Z", 5)]
    public void At_TimeThatIsSkippedOrComesTwice_BeginsOnce(string now, int spare)
    {
        DayOfWeek[] sunday = [DayOfWeek.Sunday];
        var schedule = new SpareSchedule("Europe/Berlin", [new SpareLevel(sunday, new TimeOnly(0, 0), 1), new SpareLevel(sunday, new TimeOnly(2, 30), 5)]);
        SpareLevels.At(new PoolSettings { Schedule = schedule }, Parse(now)).Spare.ShouldBe(spare);
    }

    [Fact]
    public void At_OneLevelAWeek_HoldsAllWeek()
    {
        var schedule = new SpareSchedule("UTC", [new SpareLevel([DayOfWeek.Monday], new TimeOnly(9, 0), 3)]);
        for (var hour = 0; hour < 24 * 8; hour++)
        {
            var now = Parse("2026-11-24T00:30:00Z").AddHours(hour);
            var (spare, until) = SpareLevels.At(new PoolSettings { Schedule = schedule }, now);
            spare.ShouldBe(3);
            until!.Value.ShouldBeInRange(now, now.AddDays(7));
        }
    }

    [Fact]
    public void At_WithoutSchedule_IsThePlainLevelForEver() => SpareLevels.At(new PoolSettings { Spare = 4 }, DateTimeOffset.UnixEpoch).ShouldBe((4, null));

    [Theory]
    [InlineData("Mars/Olympus", 1, true)]
    [InlineData("", 1, true)]
    [InlineData("UTC", 11, true)]
    [InlineData("UTC", -1, true)]
    [InlineData("UTC", 1, false)]
    public async Task Create_InvalidSchedule_IsRefused(string zone, int spare, bool withDay)
    {
        await using var house = await StartAsync();
        var schedule = new SpareSchedule(zone, [new SpareLevel(withDay ? [DayOfWeek.Monday] : [], new TimeOnly(9, 0), spare)]);
        (await CreateAsync(house, schedule)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        (await CreateAsync(house, new SpareSchedule("UTC", []))).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        (await CreateAsync(house, new SpareSchedule(null!, null!))).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        (await CreateAsync(house, new SpareSchedule("UTC", [null!]))).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
    }

    [Fact]
    public async Task Pool_WithSchedule_HasTheLevelOfTheHour()
    {
        await using var house = await StartAsync();
        var now = Time.GetUtcNow();
        var schedule = new SpareSchedule("UTC", [new SpareLevel([now.DayOfWeek], TimeOnly.FromDateTime(now.UtcDateTime), 3), new SpareLevel([now.AddDays(3).DayOfWeek], new TimeOnly(0, 0), 1)]);
        (await CreateAsync(house, schedule)).Value.SpareNow.ShouldBe(3);
        await house.AvailableAsync("p", 3);
        Time.Jump(TimeSpan.FromDays(4));
        await house.AvailableAsync("p", 1);
    }

    private static Task<Outcome<PoolView>> CreateAsync(House house, SpareSchedule schedule) =>
        house.Pools.CreateAsync(new CreatePoolRequest { Name = "p", Image = "micro", Spare = 9, Maximum = 10, Schedule = schedule }, "test", default);

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
