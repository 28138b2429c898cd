using Mayfly.Contracts.Api;
using Mayfly.Control.Access;

namespace Mayfly.Control.Tests.Access;

public sealed class AccessRightsTests
{
    [Fact]
    public void Allows_RoleOverAPool_HoldsThereAndNowhereElse()
    {
        var rights = AccessRights.Of([(Role.HelpDesk, "p")]);
        rights.Allows(Permission.OperateSessions, "p").ShouldBeTrue();
        rights.Allows(Permission.OperateSessions, "q").ShouldBeFalse();
        rights.Allows(Permission.OperateSessions).ShouldBeFalse();
        rights.ScopeOf(Permission.ViewSessions).Pools.ShouldBe(["p"]);
    }

    [Fact]
    public void Allows_RoleOverAPool_GivesNothingOfTheHouse()
    {
        var rights = AccessRights.Of([(Role.Administrator, "p")]);
        foreach (var permission in new[] { Permission.ManageHouse, Permission.ViewHouse, Permission.ManageUsers, Permission.SupportUsers, Permission.ManageImages })
            rights.ScopeOf(permission).Any.ShouldBeFalse(permission.ToString());
        rights.Allows(Permission.ManagePools, "p").ShouldBeTrue();
    }

    [Fact]
    public void Of_SeveralRoles_AddsThemUp()
    {
        var rights = AccessRights.Of([(Role.HelpDesk, "p"), (Role.HelpDesk, "q"), (Role.ImageManager, null)]);
        rights.ScopeOf(Permission.ViewSessions).Pools!.Order().ShouldBe(["p", "q"]);
        rights.Allows(Permission.ViewPools).ShouldBeTrue();
        rights.ScopeOf(Permission.ViewPools).ShouldBe(PoolScope.House);
    }

    [Fact]
    public void Table_ReadOnlyAdministrator_ChangesNothing() =>
        RolePermissions.Of(Role.ReadOnlyAdministrator, null).ShouldAllBe(permission => permission.ToString().StartsWith("View", StringComparison.Ordinal));

    [Fact]
    public void Table_Administrator_MayDoEverything() => RolePermissions.Of(Role.Administrator, null).ShouldBe(Enum.GetValues<Permission>(), ignoreOrder: true);

    [Fact]
    public void None_OfAPlainUser_IsNothing()
    {
        AccessRights.None.Any.ShouldBeFalse();
        AccessRights.None.ToView().ShouldBeEmpty();
    }
}
