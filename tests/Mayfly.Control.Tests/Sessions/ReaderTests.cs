using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Events;
using Mayfly.Control.Groups;
using Mayfly.Control.Entitlements;
using Mayfly.Control.Machines;
using Mayfly.Control.Sessions;
using Mayfly.Control.Users;

namespace Mayfly.Control.Tests.Sessions;

/// <summary>Sessions and people as an administrator and the help desk see them.</summary>
public sealed class ReaderTests : SteppedHouse
{
    [Fact]
    public async Task List_InParts_IsCompleteNewestFirstAndWithinTheScope()
    {
        await using var house = await StartSteppedAsync();
        string[] users = ["a", "b", "c", "d", "e"];
        await house.AddPoolAsync("p", 0, 9, users);
        await house.AddPoolAsync("q", 0, 9, users);
        foreach (var user in users)
        {
            // Two begin at the same moment.
            await house.OpenAsync(user, "p");
            await house.OpenAsync(user, "q");
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var reader = house.Get<SessionReader>();
        var seen = new List<SessionView>();
        string? after = null;
        do
        {
            var page = (await reader.ListAsync(new SessionFilter(PoolScope.House), after, 3, default)).Value;
            page.Total.ShouldBe(10);
            seen.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        seen.Select(s => s.Id).Distinct().Count().ShouldBe(10);
        seen.Select(s => s.StartedAt).ShouldBe(seen.Select(s => s.StartedAt).OrderDescending());
        var scoped = (await reader.ListAsync(new SessionFilter(PoolScope.Of(["q"])), null, 100, default)).Value;
        (scoped.Total, scoped.Items.All(s => s.Pool == "q")).ShouldBe((5, true));
        (await reader.ListAsync(new SessionFilter(PoolScope.Of(["q"])) { Pool = "p" }, null, 100, default)).Value.Total.ShouldBe(0);
        (await reader.ListAsync(new SessionFilter(PoolScope.Nowhere), null, 100, default)).Value.Total.ShouldBe(0);
    }

    [Fact]
    public async Task List_Filtered_HasWhatWasAskedFor()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync("p", 0, 9, "ann", "ben", "cem");
        var (ann, ben, cem) = (await house.OpenAsync("ann"), await house.OpenAsync("ben"), await house.OpenAsync("cem"));
        using var display = await ShowAsync(house, ann);
        await house.LogOffAsync(cem);
        (await IdsAsync(house, f => f with { State = SessionState.Open })).ShouldBe([ann.Id, ben.Id], ignoreOrder: true);
        (await IdsAsync(house, f => f with { State = SessionState.Connected })).ShouldBe([ann.Id]);
        (await IdsAsync(house, f => f with { State = SessionState.Disconnected })).ShouldBe([ben.Id]);
        (await IdsAsync(house, f => f with { State = SessionState.Ended })).ShouldBe([cem.Id]);
        (await IdsAsync(house, f => f with { User = "ben" })).ShouldBe([ben.Id]);
        (await IdsAsync(house, f => f with { Machine = ben.Machine, User = "ann" })).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("-5.x")]
    [InlineData("99999999999999999.x")]
    [InlineData("9223372036854775808.x")]
    public async Task List_PlaceThatNoPageHasGiven_IsRefused(string after)
    {
        await using var house = await StartSteppedAsync();
        (await house.Get<SessionReader>().ListAsync(new SessionFilter(PoolScope.House), after, 3, default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
    }

    [Fact]
    public async Task Person_OfALimitedCaller_ShowsOnlyWhatIsInTheirPools()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync("p", 0, 9, "ann");
        await house.AddPoolAsync("q", 0, 9);
        await house.Get<GroupBook>().AddAsync(new AddGroupRequest("staff"), "test", default);
        (await house.Get<GroupBook>().AddMemberAsync("staff", "ann", "test", default)).Fault.ShouldBeNull();
        (await house.Get<EntitlementList>().AddAsync(new EntitlementView("q", null, "staff"), "test", default)).Fault.ShouldBeNull();
        var (p, q) = (await house.OpenAsync("ann", "p"), await house.OpenAsync("ann", "q"));
        await house.LogOffAsync(q);
        await house.OpenAsync("ann", "q");
        await house.Get<SignIns>().BeginAsync("ann", "192.0.2.7", "Firefox", default);
        foreach (var pool in new[] { "p", "q" })
            await house.Get<EventLog>().RecordAsync(new HouseEvent("machine.failed", $"In {pool}.", Pool: pool, Level: "error") { User = "ann" }, default);

        var whole = (await house.Get<PersonReader>().FindAsync("ann", AccessRights.Everything, null, default)).Value;
        whole.Desktops.ShouldBe([new PersonDesktop("p", "p", null), new PersonDesktop("q", "q", "staff")]);
        (whole.Sessions.Count, whole.Machines.Count, whole.SignIns.Single().Address).ShouldBe((3, 2, "192.0.2.7"));
        whole.Sessions[^1].EndedAt.ShouldNotBeNull();
        whole.Problems.Select(e => e.Message).ShouldBe(["In q.", "In p."]);

        var part = (await house.Get<PersonReader>().FindAsync("ann", AccessRights.Of([(Role.HelpDesk, "p")]), null, default)).Value;
        part.Sessions.Single().Id.ShouldBe(p.Id);
        part.Machines.Single().Name.ShouldBe(p.Machine);
        part.Desktops.Single().Pool.ShouldBe("p");
        part.Problems.Single().Message.ShouldBe("In p.");
        (await house.Get<PersonReader>().FindAsync("nobody", AccessRights.Everything, null, default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Reset_OwnDesktop_DoesSoOnlyWhereThePoolAllowsIt()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync(Dedicated(0), "ann", "ben");
        var session = await house.OpenAsync("ann");
        var before = await house.MachineAsync(session.Machine);
        var reset = house.Get<DesktopReset>();
        (await reset.ResetAsync("ann", "p", default)).Fault!.Code.ShouldBe(ErrorCode.Forbidden);
        await house.ChangeAsync("p", s => s with { UsersMayReset = true });
        (await reset.ResetAsync("ann", "p", default)).Fault.ShouldBeNull();
        var after = await house.MachineAsync(session.Machine);
        (after.Id, after.State, after.ProcessId != before.ProcessId).ShouldBe((before.Id, MachineState.Disconnected, true));
        (await house.OpenAsync("ann")).Id.ShouldBe(session.Id);
        (await reset.ResetAsync("ben", "p", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        var foreign = (await reset.ResetAsync("eve", "p", default)).Fault!;
        (foreign.Code, (await reset.ResetAsync("eve", "none", default)).Fault!.Code).ShouldBe((ErrorCode.Forbidden, ErrorCode.Forbidden));
        Host.Stopped.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Reset_FloatingDesktop_ThrowsItAway()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Version = "v1", Spare = 0, Maximum = 2, UsersMayReset = true }, "ann");
        var session = await house.OpenAsync("ann");
        var id = (await house.MachineAsync(session.Machine)).Id;
        (await house.Get<DesktopReset>().ResetAsync("ann", "p", default)).Fault.ShouldBeNull();
        Host.Destroyed.ShouldContain(id);
        (await RowAsync(house, session)).EndedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Reset_MachineOfTheNameIsAnothersByNow_IsRefused()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync("p", 0, 1, "ann", "ben");
        var ann = await house.OpenAsync("ann");
        var id = (await house.MachineAsync(ann.Machine)).Id;
        await house.LogOffAsync(ann);
        var ben = await house.OpenAsync("ben");
        ben.Machine.ShouldBe(ann.Machine);
        var fault = (await house.Get<MachineActions>().ResetOwnAsync(id, ann.Machine, "ann", default)).Fault!;
        fault.Code.ShouldBe(ErrorCode.MachineStateWrong, fault.ToString());
        (await RowAsync(house, ben)).EndedAt.ShouldBeNull();
    }

    private static async Task<IEnumerable<string>> IdsAsync(House house, Func<SessionFilter, SessionFilter> filter) =>
        (await house.Get<SessionReader>().ListAsync(filter(new SessionFilter(PoolScope.House)), null, 100, default)).Value.Items.Select(s => s.Id);
}
