using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Entitlements;
using Mayfly.Control.Groups;
using Mayfly.Control.Sessions;

namespace Mayfly.Control.Tests.Groups;

public sealed class GroupTests : HouseTestBase
{
    [Fact]
    public async Task Entitlement_OfAGroup_LetsItsUsersOpenAndEndsWithTheirLeaving()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("other", 1, 3, "ann");
        await house.AddPoolAsync("p", 1, 3);
        await house.AvailableAsync("p", 1);
        await house.Get<GroupBook>().AddAsync(new AddGroupRequest("class"), "test", default);
        (await house.Get<EntitlementList>().AddAsync(new EntitlementView("p", null, "class"), "test", default)).Fault.ShouldBeNull();
        (await house.Broker.OpenAsync("ann", "p", default)).Fault!.Code.ShouldBe(ErrorCode.Forbidden);
        (await house.Get<GroupBook>().AddMemberAsync("class", "ann", "test", default)).Fault.ShouldBeNull();
        (await house.Get<DesktopCards>().ListAsync("ann", default)).Select(card => card.Pool).ShouldContain("p");
        var session = await house.OpenAsync("ann");
        await house.LogOffAsync(session);
        await house.Get<GroupBook>().RemoveMemberAsync("class", "ann", "test", default);
        (await house.Broker.OpenAsync("ann", "p", default)).Fault!.Code.ShouldBe(ErrorCode.Forbidden);
    }

    [Fact]
    public async Task Remove_Group_TakesItsEntitlementsAndLeavesItsUsers()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 3, "ann");
        await house.Get<GroupBook>().AddAsync(new AddGroupRequest("class"), "test", default);
        await house.Get<GroupBook>().AddMemberAsync("class", "ann", "test", default);
        await house.Get<EntitlementList>().AddAsync(new EntitlementView("p", null, "class"), "test", default);
        (await house.Get<GroupBook>().RemoveAsync("class", "test", default)).Fault.ShouldBeNull();
        (await house.Get<EntitlementList>().ListAsync("p", default)).Value.ShouldBe([new EntitlementView("p", "ann")]);
        (await house.Get<GroupBook>().MembersAsync("class", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Theory]
    [InlineData("Bad Name", null, null, ErrorCode.InvalidRequest)]
    [InlineData("g", "ldap", null, ErrorCode.InvalidRequest)]
    [InlineData("g", null, "cn=x", ErrorCode.InvalidRequest)]
    [InlineData("g", "ldap", "cn=x", ErrorCode.NotFound)]
    public async Task Add_WhatMakesNoGroup_IsRefused(string name, string? directory, string? externalName, ErrorCode code)
    {
        await using var house = await StartAsync();
        (await house.Get<GroupBook>().AddAsync(new AddGroupRequest(name, null, directory, externalName), "test", default)).Fault!.Code.ShouldBe(code);
    }
}
