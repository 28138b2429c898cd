using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Apps;
using Mayfly.Control.Entitlements;
using Mayfly.Control.Groups;
using Mayfly.Control.Tests.Apps;
using Mayfly.Control.Users;
using Mayfly.Control.Workspaces;

namespace Mayfly.Control.Tests.Workspaces;

/// <summary>Who gets which desktops, applications and settings, said once and held against what is so.</summary>
public sealed class WorkspaceTests : AppTestBase
{
    private static readonly Workspace Wanted = new() { DisplayName = "Office", Users = ["ann"], Groups = ["staff"], Pool = "p", Apps = ["writer", "editor"], Persona = true };

    [Fact]
    public async Task Set_Workspace_GivesAllThatItNames()
    {
        await using var house = await FurnishedAsync();

        var set = (await Desk(house).SetAsync("office", Wanted, "test", default)).Value!;

        set.Drift.ShouldBeEmpty();
        set.Workspace.Apps.ShouldBe(["editor", "writer"]);
        (await house.Get<EntitlementList>().ListAsync("p", default)).Value!.ShouldBe([new EntitlementView("p", "ann", null), new EntitlementView("p", null, "staff")]);
        (await AssignmentsAsync(house, "writer")).ShouldBe([("staff", null), (null, "ann")], ignoreOrder: true);
        (await house.Pools.FindAsync("p", default)).Value!.Persona.ShouldBeTrue();
        (await house.OpenAsync("ann")).ShouldSatisfyAllConditions(session => session.Apps.Count.ShouldBe(2), session => session.Persona.ShouldNotBeNull());
    }

    [Fact]
    public async Task Repair_AfterSomebodyHasTakenThingsBack_GivesThemAgain()
    {
        await using var house = await FurnishedAsync();
        (await Desk(house).SetAsync("office", Wanted, "test", default)).Fault.ShouldBeNull();
        await house.Get<EntitlementList>().RemoveAsync(new EntitlementView("p", "ann", null), "test", default);
        var assignment = (await house.Get<AssignmentBook>().ListAsync("writer", default)).Value!.Single(one => one.Group == "staff");
        await house.Get<AssignmentBook>().RemoveAsync("writer", assignment.Id, "test", default);
        await house.Pools.ChangeAsync("p", new PoolSettings { Spare = 1, Maximum = 4, Persona = false }, "test", default);

        var drifted = (await Book(house).ListAsync(default)).Single();
        drifted.Drift.Select(drift => drift.What).ShouldBe(["The settings of users of 'p' do not follow them.", "'ann' may not use 'p'.", "The group 'staff' does not have 'writer'."], ignoreOrder: true);
        drifted.Drift.ShouldAllBe(drift => drift.Repairable);

        (await Desk(house).RepairAsync("office", "test", default)).Value!.Drift.ShouldBeEmpty();
        (await AssignmentsAsync(house, "writer")).Count.ShouldBe(2);
        (await house.Pools.FindAsync("p", default)).Value!.Persona.ShouldBeTrue();
    }

    [Fact]
    public async Task Drift_OfWhatIsGoneOrSetInAnotherWay_IsToldAndNotRepaired()
    {
        await using var house = await FurnishedAsync();
        (await house.Get<AssignmentBook>().AddAsync("editor", new AssignAppRequest(Version: "1", User: "ann"), "test", default)).Fault.ShouldBeNull();
        var set = (await Desk(house).SetAsync("office", Wanted with { Persona = false }, "test", default)).Value!;
        set.Drift.ShouldBe([new WorkspaceDrift("'ann' has 'editor' in another version or delivery.", false)]);
        (await house.Get<GroupBook>().RemoveAsync("staff", "test", default)).Fault.ShouldBeNull();

        var repaired = (await Desk(house).RepairAsync("office", "test", default)).Value!;

        repaired.Drift.Select(drift => drift.What).ShouldBe(["'ann' has 'editor' in another version or delivery.", "The group 'staff' is not there any more."], ignoreOrder: true);
        repaired.Drift.ShouldAllBe(drift => !drift.Repairable);
    }

    [Fact]
    public async Task Remove_WithWithdrawal_TakesBackWhatNoOtherWorkspaceGives()
    {
        await using var house = await FurnishedAsync();
        (await Desk(house).SetAsync("office", Wanted, "test", default)).Fault.ShouldBeNull();
        (await Desk(house).SetAsync("writers", new Workspace { DisplayName = "Writers", Users = ["ann"], Pool = "p", Apps = ["writer"] }, "test", default)).Fault.ShouldBeNull();

        (await Desk(house).RemoveAsync("office", withdraw: true, "test", default)).Fault.ShouldBeNull();

        (await Book(house).ListAsync(default)).Single().ShouldSatisfyAllConditions(left => left.Name.ShouldBe("writers"), left => left.Drift.ShouldBeEmpty());
        (await house.Get<EntitlementList>().ListAsync("p", default)).Value!.ShouldBe([new EntitlementView("p", "ann", null)]);
        (await AssignmentsAsync(house, "writer")).ShouldBe([(null, "ann")]);
        (await AssignmentsAsync(house, "editor")).ShouldBeEmpty();
        (await Desk(house).RemoveAsync("writers", withdraw: false, "test", default)).Fault.ShouldBeNull();
        (await AssignmentsAsync(house, "writer")).ShouldBe([(null, "ann")]);
        (await Desk(house).RemoveAsync("writers", withdraw: false, "test", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Set_WorkspaceThatCanNotBe_TellsEveryReason()
    {
        await using var house = await FurnishedAsync();

        var wrong = (await Desk(house).SetAsync("No Name", new Workspace(), "test", default)).Fault!;
        (wrong.Code, wrong.Why!.Split(". ").Length).ShouldBe((ErrorCode.InvalidRequest, 4));
        var missing = (await Desk(house).SetAsync("office", Wanted with { Users = ["ann", "zoe"], Apps = ["none"], Pool = "q" }, "test", default)).Fault!;
        (missing.Code, missing.Why).ShouldBe((ErrorCode.NotFound, "There is not the user 'zoe', the application 'none', the pool 'q'."));
        (await Book(house).ListAsync(default)).ShouldBeEmpty();
    }

    private async Task<House> FurnishedAsync()
    {
        var house = await StartAsync();
        await house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Version = "v1", Spare = 1, Maximum = 4 });
        await AddAppAsync(house, "writer", "1");
        await AddAppAsync(house, "editor", "1");
        (await house.Get<UserDirectory>().AddAsync(new AddUserRequest("ann"), "test", default)).Fault.ShouldBeNull();
        (await house.Get<GroupBook>().AddAsync(new AddGroupRequest("staff"), "test", default)).Fault.ShouldBeNull();
        return house;
    }

    private static async Task<List<(string? Group, string? User)>> AssignmentsAsync(House house, string app) =>
        [.. (await house.Get<AssignmentBook>().ListAsync(app, default)).Value!.Select(one => (one.Group, one.User))];

    private static WorkspaceBook Book(House house) => house.Get<WorkspaceBook>();

    private static WorkspaceDesk Desk(House house) => house.Get<WorkspaceDesk>();
}
