using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Events;
using Mayfly.Control.Settings;

namespace Mayfly.Control.Tests.Events;

public sealed class EventPageTests : HouseTestBase
{
    [Fact]
    public async Task Page_ByPartsInBothDirections_HasEachEventOnce()
    {
        await using var house = await StartAsync();
        var log = house.Get<EventLog>();
        for (var i = 0; i < 25; i++) await log.RecordAsync(new HouseEvent("test.one", $"Number {i}.", Pool: "p"), default);
        var filter = new EventFilter { Kind = "test" };
        var down = await WalkAsync(next => log.PageAsync(PoolScope.House, filter, null, next, 7, default));
        var up = await WalkAsync(next => log.PageAsync(PoolScope.House, filter, next ?? 0, null, 7, default));
        down.Count.ShouldBe(25);
        down.ShouldBe(up.AsEnumerable().Reverse());
        down.ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task Page_Filtered_HasOnlyWhatMatchesAndMayBeSeen()
    {
        await using var house = await StartAsync();
        var log = house.Get<EventLog>();
        await log.RecordAsync(new HouseEvent("test.one", "100 % sure_ly.", "ann", "p", "p-1", "warning") { User = "bob" }, default);
        await log.RecordAsync(new HouseEvent("test.two", "100 of surely.", "eve", "q"), default);
        await log.RecordAsync(new HouseEvent("testing.no", "Of the house."), default);
        (await KindsAsync(new EventFilter { Kind = "test" })).ShouldBe(["test.two", "test.one"]);
        (await KindsAsync(new EventFilter { Search = "0 % s" })).ShouldBe(["test.one"]);
        (await KindsAsync(new EventFilter { Search = "sure_" })).ShouldBe(["test.one"]);
        (await KindsAsync(new EventFilter { User = "bob" })).ShouldBe(["test.one"]);
        (await KindsAsync(new EventFilter { User = "eve" })).ShouldBe(["test.two"]);
        (await KindsAsync(new EventFilter { Machine = "p-1", Level = "warning" })).ShouldBe(["test.one"]);
        (await KindsAsync(new EventFilter { Kind = "testing" }, PoolScope.Of(["p"]))).ShouldBeEmpty();
        (await KindsAsync(new EventFilter { Kind = "test" }, PoolScope.Of(["q"]))).ShouldBe(["test.two"]);

        async Task<IEnumerable<string>> KindsAsync(EventFilter filter, PoolScope? scope = null) =>
            (await log.PageAsync(scope ?? PoolScope.House, filter, null, null, 100, default)).Items.Select(e => e.Kind);
    }

    [Fact]
    public async Task Export_MoreThanAPortion_TellsEachOnceAndOldestFirst()
    {
        await using var house = await StartAsync();
        var log = house.Get<EventLog>();
        for (var i = 0; i < 3; i++) await log.RecordAsync(new HouseEvent("test.one", "Before."), default);
        var from = Time.GetUtcNow();
        Time.Jump(TimeSpan.FromHours(1));
        for (var i = 0; i < 600; i++) await log.RecordAsync(new HouseEvent("test.one", $"Number {i}."), default);
        var told = new List<EventView>();
        await foreach (var happened in log.ExportAsync(PoolScope.House, new EventFilter { From = from + TimeSpan.FromMinutes(30), Kind = "test" }, default)) told.Add(happened);
        told.Select(e => e.Message).ShouldBe(Enumerable.Range(0, 600).Select(i => $"Number {i}."));
    }

    [Fact]
    public async Task Trim_EventsOlderThanTheSettingsSay_Go()
    {
        await using var house = await StartAsync();
        var log = house.Get<EventLog>();
        await log.RecordAsync(new HouseEvent("test.old", "Old."), default);
        Time.Jump(TimeSpan.FromDays(20));
        await log.RecordAsync(new HouseEvent("test.new", "New."), default);
        await house.Get<EventRetention>().TrimAsync(default);
        (await house.EventKindsAsync()).ShouldContain("test.old");
        (await house.Get<SettingsStore>().ChangeAsync(new HouseSettings { EventDays = 19 }, "test", default)).Fault.ShouldBeNull();
        await house.Get<EventRetention>().TrimAsync(default);
        var kinds = await house.EventKindsAsync();
        kinds.ShouldNotContain("test.old");
        kinds.ShouldContain("test.new");
    }

    private static async Task<List<long>> WalkAsync(Func<long?, Task<Page<EventView>>> read)
    {
        var seen = new List<long>();
        long? next = null;
        do
        {
            var page = await read(next);
            page.Total.ShouldBe(25);
            seen.AddRange(page.Items.Select(e => e.Id));
            next = page.Next is null ? null : long.Parse(page.Next);
        }
        while (next is not null);
        return seen;
    }
}
