using Mayfly.Contracts.Api;
using Mayfly.Control.Pushing;
using Mayfly.Control.Sessions;

namespace Mayfly.Control.Tests.Pushing;

/// <summary>Pushes that do not wait for users.</summary>
public sealed class ForcedPushTests : PushTestBase
{
    [Fact]
    public async Task Force_DuringTheGraceTime_ShowsTheNoticeOnTheCard()
    {
        Images.Add("v2", published: true);
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 0, 3, "ann");
        var session = await house.OpenAsync("ann");
        await BeginAsync(house, new PushImageRequest { Version = "v2", InUse = InUseRule.ForceLogoff, GraceSeconds = 3600, Warning = "Save now." });
        await StateAsync(house, PushState.Rolling);
        var notice = (await house.Get<DesktopCards>().ListAsync("ann", default))[0].Session!.Notice!;
        (notice.Message, notice.LogOffAt).ShouldBe(("Save now.", (await PushAsync(house)).ForceAt!.Value));
        await house.Get<PushDesk>().PauseAsync("p", "test", default);
        (await house.Get<DesktopCards>().ListAsync("ann", default))[0].Session!.Notice.ShouldBeNull();
        (await house.OpenAsync("ann")).Id.ShouldBe(session.Id);
    }

    [Fact]
    public async Task Force_GraceTimeOver_EndsTheSessionsOfOldMachinesOnly()
    {
        Images.Add("v2", published: true);
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 0, 3, "ann", "ben");
        var old = await house.OpenAsync("ann");
        await BeginAsync(house, new PushImageRequest { Version = "v2", InUse = InUseRule.ForceLogoff, GraceSeconds = 1 });
        await StateAsync(house, PushState.Rolling);
        var fresh = await house.OpenAsync("ben");
        await StateAsync(house, PushState.Completed);
        (await house.ReadAsync(c => c.Sessions.Single(s => s.Id == old.Id))).EndedBy.ShouldBe(SessionEnds.PushImage);
        (await house.OpenAsync("ben")).Id.ShouldBe(fresh.Id);
    }

    [Fact]
    public async Task Force_PoolWithASchedule_IsNotLateBecauseOfIt()
    {
        Images.Add("v2", published: true);
        var schedule = new SpareSchedule("UTC", [new SpareLevel([Time.GetUtcNow().AddDays(3).DayOfWeek], new TimeOnly(0, 0), 0)]);
        await using var house = await House.StartAsync(Root, Host, o => o with { Resync = TimeSpan.FromHours(1) }, Images);
        await house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Version = "v1", Spare = 0, Maximum = 3, Schedule = schedule }, "ann");
        await house.OpenAsync("ann");
        await BeginAsync(house, new PushImageRequest { Version = "v2", InUse = InUseRule.ForceLogoff, GraceSeconds = 1 });
        await StateAsync(house, PushState.Completed);
    }

    [Fact]
    public async Task Force_WallClockJumpsAhead_IsNotEarly()
    {
        Images.Add("v2", published: true);
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 0, 3, "ann");
        var session = await house.OpenAsync("ann");
        await BeginAsync(house, new PushImageRequest { Version = "v2", InUse = InUseRule.ForceLogoff, GraceSeconds = 600 });
        await StateAsync(house, PushState.Rolling);
        Time.Jump(TimeSpan.FromHours(1));
        await house.LookedAtAsync("p");
        (await house.OpenAsync("ann")).Id.ShouldBe(session.Id);
        (await PushAsync(house)).State.ShouldBe(PushState.Rolling);
    }
}
