using Mayfly.Cli.Notation;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Tests;

public sealed class NotationTests
{
    [Theory]
    [InlineData("mon-fri 07:00=20; mon-fri 19:00=2")]
    [InlineData("daily 00:00=0")]
    [InlineData("mon,tue,sat,sun 08:30=3")]
    [InlineData("wed 23:59=10000; thu-sat 06:00=1")]
    public void Schedule_WrittenAgain_IsTheSame(string text)
    {
        ScheduleNotation.TryRead(text, out var levels, out _).ShouldBeTrue();

        ScheduleNotation.Write(levels!).ShouldBe(text);
    }

    [Theory]
    [InlineData("fri-mon 7:00 = 5", new[] { DayOfWeek.Monday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday })]
    [InlineData("MON,mon 07:00=5;", new[] { DayOfWeek.Monday })]
    public void Schedule_LooselyWritten_IsUnderstood(string text, DayOfWeek[] days)
    {
        ScheduleNotation.TryRead(text, out var levels, out _).ShouldBeTrue();

        var level = levels.ShouldHaveSingleItem();
        level.Days.ShouldBe(days);
        (level.From, level.Spare).ShouldBe((new TimeOnly(7, 0), 5));
    }

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("mon 07:00")]
    [InlineData("mon 07:00 20")]
    [InlineData("mon 24:00=1")]
    [InlineData("mon 07:00=-1")]
    [InlineData("mon 07:00=many")]
    [InlineData("monday 07:00=1")]
    [InlineData("mon-tue-wed 07:00=1")]
    [InlineData("mon, 07:00=1")]
    [InlineData("mon-fri 07:00=20; nonsense")]
    public void Schedule_NotUnderstood_SaysHowToWriteIt(string text)
    {
        ScheduleNotation.TryRead(text, out _, out var error).ShouldBeFalse();

        error.ShouldNotBeNull().ShouldContain("mon-fri 07:00=20");
    }

    [Theory]
    [InlineData("mon-fri 07:00-19:00")]
    [InlineData("mon-fri 07:00-19:00; sat 22:00-06:00")]
    [InlineData("daily 00:00-00:00")]
    public void Hours_WrittenAgain_AreTheSame(string text)
    {
        HoursNotation.TryRead(text, out var periods, out _).ShouldBeTrue();

        HoursNotation.Write(periods).ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mon")]
    [InlineData("mon 07:00")]
    [InlineData("mon 07:00-25:00")]
    [InlineData("mon 07:00-08:00-09:00")]
    [InlineData("monday 07:00-19:00")]
    [InlineData("mon 07:00-19:00; nonsense")]
    public void Hours_NotUnderstood_SaysHowToWriteThem(string text)
    {
        HoursNotation.TryRead(text, out _, out var error).ShouldBeFalse();

        error.ShouldNotBeNull().ShouldContain("mon-fri 07:00-19:00");
    }

    [Theory]
    [InlineData("never", true, null)]
    [InlineData("15", true, 15)]
    [InlineData("0", true, 0)]
    [InlineData("-1", false, null)]
    [InlineData("soon", false, null)]
    public void Minutes_Text_IsReadOrNot(string text, bool understood, int? minutes)
    {
        MinutesNotation.Read(text).HasValue.ShouldBe(understood);
        MinutesNotation.Read(text)?.Minutes.ShouldBe(minutes);
    }

    [Theory]
    [InlineData("udp://log.example.org", "udp://log.example.org:514")]
    [InlineData("tcp://log.example.org", "tcp://log.example.org:601")]
    [InlineData("tcp://[::1]:6514", "tcp://[::1]:6514")]
    [InlineData("none", null)]
    public void Syslog_Server_IsReadAndWritten(string text, string? written) => SyslogNotation.Write(SyslogNotation.Read(text)!.Value.Server).ShouldBe(written);

    [Theory]
    [InlineData("")]
    [InlineData("log.example.org")]
    [InlineData("http://log.example.org")]
    [InlineData("udp://log.example.org/path")]
    public void Syslog_NoServer_IsNull(string text) => SyslogNotation.Read(text).ShouldBeNull();

    [Theory]
    [InlineData("never", RefreshRule.Never, null)]
    [InlineData("Always", RefreshRule.Always, null)]
    [InlineData("days=30", RefreshRule.EveryDays, 30)]
    [InlineData("disk=2048", RefreshRule.AtDiskSize, 2048)]
    public void Refresh_Rule_IsRead(string text, RefreshRule rule, int? number) =>
        RefreshNotation.Read(text).ShouldBe(new RefreshNotation(rule, number));

    [Theory]
    [InlineData("")]
    [InlineData("days")]
    [InlineData("days=")]
    [InlineData("days=-1")]
    [InlineData("always=1")]
    [InlineData("weekly")]
    public void Refresh_NoRule_IsNull(string text) => RefreshNotation.Read(text).ShouldBeNull();

    [Fact]
    public void Refresh_Days_LeavesTheOtherNumberAlone() =>
        RefreshNotation.Read("days=30")!.Value.ApplyTo(new PoolSettings { RefreshDiskMib = 77 })
            .ShouldBe(new PoolSettings { Refresh = RefreshRule.EveryDays, RefreshDays = 30, RefreshDiskMib = 77 });

    [Theory]
    [InlineData("13:30", "2026-05-04T13:30:00+00:00")]
    [InlineData("12:00", "2026-05-05T12:00:00+00:00")]
    [InlineData("9:00", "2026-05-05T09:00:00+00:00")]
    [InlineData("2026-05-09T22:00+02:00", "2026-05-09T20:00:00+00:00")]
    public void StartTime_SeenFromNoon_IsTheNextOne(string text, string expected) =>
        StartTime.Read(text)!.Value.From(new NoonClock()).ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:sszzz").ShouldBe(expected);

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("2026-05-09")]
    [InlineData("25:00")]
    public void StartTime_NoTime_IsNull(string text) => StartTime.Read(text).ShouldBeNull();

    private sealed class NoonClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => Samples.Noon;
    }
}
