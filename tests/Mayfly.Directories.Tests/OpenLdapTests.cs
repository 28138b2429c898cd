using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Directories;

namespace Mayfly.Directories.Tests;

/// <summary>People and groups of a real slapd.</summary>
public sealed class OpenLdapTests(SharedOpenLdap shared) : LdapTestBase
{
    private LdapSettings Settings => shared.Directory.Settings;

    [Fact]
    public async Task CheckAsync_RightPassword_IsThePersonWithNestedGroups()
    {
        var person = (await CheckAsync(Settings, "Ada", "password of ada")).Value;

        person.UserName.ShouldBe("ada");
        person.DisplayName.ShouldBe("Ada, Countess of Lovelace");
        person.Mail.ShouldBe("ada@mayfly.test");
        Guid.TryParse(person.ExternalId, out _).ShouldBeTrue();
        person.Disabled.ShouldBeFalse();
        NamesOf(person).ShouldBe(["about", "analysts", "engineers", "everybody", "round"]);
        person.Groups.ShouldContain(group => group.Id == "cn=analysts,ou=groups,dc=mayfly,dc=test");
    }

    [Theory]
    [InlineData("ada", "wrong")]
    [InlineData("nobody", "password of ada")]
    [InlineData("nopassword", "anything")]
    [InlineData("*", "password of ada")]
    [InlineData("ada)(uid=*", "password of ada")]
    [InlineData("\0", "password of ada")]
    [InlineData("ad\\61", "password of ada")]
    [InlineData("ada", "")]
    [InlineData("", "password of ada")]
    public async Task CheckAsync_WrongNameOrPassword_IsAlwaysTheSameFault(string user, string password)
    {
        var fault = (await CheckAsync(Settings, user, password)).Fault;

        fault.ShouldBe(new Fault(ErrorCode.Unauthenticated, "The user name or the password is wrong.", null, "Check both and try again."));
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("ADA")]
    [InlineData(" Ada ")]
    public async Task CheckAsync_WrongPassword_TellsWhoWasMeant(string user)
    {
        (await Directory.CheckAsync(Settings, user, "wrong", Token)).Value.ShouldBe(new CheckedPassword("ada", null));
    }

    [Fact]
    public async Task CheckAsync_LongNameOrPassword_IsRefused()
    {
        (await CheckAsync(Settings, new string('a', 10_000), "x")).Fault!.Code.ShouldBe(ErrorCode.Unauthenticated);
        (await CheckAsync(Settings, "ada", new string('a', 10_000))).Fault!.Code.ShouldBe(ErrorCode.Unauthenticated);
    }

    [Fact]
    public async Task CheckAsync_NameMadeOfFilterCharacters_FindsOnlyWhoIsCalledThat()
    {
        // The entry is found and its password holds; only then it turns out that Mayfly has no such names.
        (await CheckAsync(Settings, "*)(uid=*", "password of *)(uid=*")).Fault!.Code.ShouldBe(ErrorCode.DirectoryMisconfigured);
        (await CheckAsync(Settings, "*)(uid=*", "wrong")).Fault!.Code.ShouldBe(ErrorCode.Unauthenticated);
        (await CheckAsync(Settings with { UserNameAttribute = "cn" }, "*)(uid=*", "password of *)(uid=*")).Fault!.Code.ShouldBe(ErrorCode.DirectoryMisconfigured);
    }

    [Fact]
    public async Task CheckAsync_NameThatMayflyDoesNotAllow_IsToldAsSuch()
    {
        var fault = (await CheckAsync(Settings, "zoë", "password of zoë")).Fault!;

        fault.Code.ShouldBe(ErrorCode.DirectoryMisconfigured);
        fault.Why.ShouldBe("The attribute uid is 'zoë'.");
    }

    [Fact]
    public async Task CheckAsync_TwoEntriesOfOneName_IsRefusedWithEitherPassword() =>
        (await CheckAsync(Settings, "twin", "password of twin")).Fault!.Code.ShouldBe(ErrorCode.DirectoryMisconfigured);

    [Fact]
    public async Task CheckAsync_ExpiredAccount_IsForbidden()
    {
        (await CheckAsync(Settings, "gone", "password of gone")).Fault!.Code.ShouldBe(ErrorCode.Forbidden);
        (await CheckAsync(Settings, "gone", "wrong")).Fault!.Code.ShouldBe(ErrorCode.Unauthenticated);
    }

    [Fact]
    public async Task CheckAsync_DnFullOfSpecialCharacters_FindsItsGroups() =>
        NamesOf((await CheckAsync(Settings, "escher", "password of escher")).Value).ShouldBe(["engineers", "everybody"]);

    [Fact]
    public async Task CheckAsync_GroupsNestedTooDeep_IsToldAndNotCutOff()
    {
        var fault = (await CheckAsync(Settings, "deep", "password of deep")).Fault!;

        fault.Code.ShouldBe(ErrorCode.DirectoryMisconfigured);
        fault.What.ShouldContain("nested");
    }

    [Fact]
    public async Task FindAsync_Anybody_NeedsNoPassword()
    {
        var checkedPerson = (await CheckAsync(Settings, "ada", "password of ada")).Value;
        var found = (await FindAsync(Settings, "ada")).Value;

        found.ExternalId.ShouldBe(checkedPerson.ExternalId);
        found.Groups.ShouldBe(checkedPerson.Groups);
    }

    [Fact]
    public async Task FindAsync_DisabledOrGone_SaysSo()
    {
        (await FindAsync(Settings, "gone")).Value.Disabled.ShouldBeTrue();
        (await FindAsync(Settings, "never-here")).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task FindAsync_PosixGroups_AreThoseThatNameTheUserAndTheirOwn()
    {
        var person = (await FindAsync(Settings with { GroupKind = LdapGroupKind.PosixGroup }, "ada")).Value;

        NamesOf(person).ShouldBe(["ada-posix", "staff-posix"]);
    }

    [Fact]
    public async Task FindAsync_NoGroupBase_ReadsNoGroups() =>
        (await FindAsync(Settings with { GroupBase = null }, "ada")).Value.Groups.ShouldBeEmpty();

    [Fact]
    public async Task TestAsync_GoodSettings_CountsPeopleAndGroups()
    {
        var report = (await Directory.TestAsync(Settings, Token)).Value;

        report.Server.ShouldBe($"ldap://localhost:{shared.Directory.Port}");
        report.Encryption.ShouldNotBeNull().ShouldStartWith("Tls1");
        report.Users.ShouldBe(9);
        report.Groups.ShouldBe(19);
        (report.MoreUsers || report.MoreGroups).ShouldBeFalse();
    }

    [Theory]
    [InlineData("ou=nowhere,dc=mayfly,dc=test")]
    [InlineData("this is no DN")]
    public async Task TestAsync_WrongBase_IsMisconfigured(string root) =>
        (await Directory.TestAsync(Settings with { UserBase = root }, Token)).Fault!.Code.ShouldBe(ErrorCode.DirectoryMisconfigured);

    [Fact]
    public async Task TestAsync_WrongServiceAccount_IsRefused()
    {
        var fault = (await Directory.TestAsync(Settings with { BindPassword = "wrong" }, Token)).Fault!;

        fault.Code.ShouldBe(ErrorCode.DirectoryRefused);
        fault.Why!.ShouldContain("InvalidCredentials");
        (await CheckAsync(Settings with { BindPassword = "wrong" }, "ada", "password of ada")).Fault!.Code.ShouldBe(ErrorCode.DirectoryRefused);
    }

    [Fact]
    public async Task TestAsync_Anonymous_SeesNothing() =>
        (await Directory.TestAsync(Settings with { BindDn = null, BindPassword = null }, Token)).Fault!.Code.ShouldBe(ErrorCode.DirectoryMisconfigured);
}
