using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Events;
using Mayfly.Control.Groups;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;

namespace Mayfly.Control.Tests.Access;

public sealed class RoleTests : HouseTestBase
{
    [Fact]
    public async Task Grant_ToAGroup_HoldsForItsUsersUntilTheyLeave()
    {
        await using var house = await StartAsync();
        await house.Get<UserDirectory>().AddAsync(new AddUserRequest("ann"), "test", default);
        await house.Get<GroupBook>().AddAsync(new AddGroupRequest("desk"), "test", default);
        (await house.Get<RoleBook>().GrantAsync(new GrantRoleRequest(Role.HelpDesk, Group: "desk"), "test", default)).Fault.ShouldBeNull();
        (await RightsAsync(house, "ann")).Any.ShouldBeFalse();
        await house.Get<GroupBook>().AddMemberAsync("desk", "ann", "test", default);
        (await RightsAsync(house, "ann")).Allows(Permission.OperateSessions).ShouldBeTrue();
        await house.Get<GroupBook>().RemoveMemberAsync("desk", "ann", "test", default);
        (await RightsAsync(house, "ann")).Any.ShouldBeFalse();
    }

    [Fact]
    public async Task Grant_Twice_IsTheSameAsOnce()
    {
        await using var house = await StartAsync();
        await house.Get<UserDirectory>().AddAsync(new AddUserRequest("ann"), "test", default);
        var first = (await house.Get<RoleBook>().GrantAsync(new GrantRoleRequest(Role.HelpDesk, "ann"), "test", default)).Value;
        (await house.Get<RoleBook>().GrantAsync(new GrantRoleRequest(Role.HelpDesk, "ann"), "test", default)).Value.ShouldBe(first);
        (await house.Get<RoleBook>().ListAsync(default)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("ann", "desk", null, ErrorCode.InvalidRequest)]
    [InlineData(null, null, null, ErrorCode.InvalidRequest)]
    [InlineData("nobody", null, null, ErrorCode.NotFound)]
    [InlineData(null, "nothing", null, ErrorCode.NotFound)]
    [InlineData("ann", null, "nowhere", ErrorCode.NotFound)]
    public async Task Grant_ToNobodyOrOverNothing_IsRefused(string? user, string? group, string? pool, ErrorCode code)
    {
        await using var house = await StartAsync();
        await house.Get<UserDirectory>().AddAsync(new AddUserRequest("ann"), "test", default);
        (await house.Get<RoleBook>().GrantAsync(new GrantRoleRequest(Role.HelpDesk, user, group, pool), "test", default)).Fault!.Code.ShouldBe(code);
    }

    [Fact]
    public async Task Revoke_Grant_IsAnEventWithWhatWasBefore()
    {
        await using var house = await StartAsync();
        await house.Get<UserDirectory>().AddAsync(new AddUserRequest("ann", Administrator: true), "test", default);
        var grant = (await house.Get<RoleBook>().ListAsync(default)).Single();
        (await house.Get<RoleBook>().RevokeAsync(grant.Id, "boss", default)).Fault.ShouldBeNull();
        (await RightsAsync(house, "ann")).Any.ShouldBeFalse();
        var row = await house.ReadAsync(context => context.Events.Single(e => e.Kind == EventKinds.RoleRevoked));
        (row.Actor, row.User, row.After).ShouldBe(("boss", "ann", null));
        row.Before!.ShouldContain("\"role\":\"Administrator\"");
        (await house.Get<RoleBook>().RevokeAsync(grant.Id, "boss", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    private static async Task<AccessRights> RightsAsync(House house, string user)
    {
        await using var context = await house.Get<HouseDatabase>().ReadAsync(default);
        return await RoleBook.RightsAsync(context, user, default);
    }
}
