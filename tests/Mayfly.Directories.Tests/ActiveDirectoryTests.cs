using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Directories.Tests;

/// <summary>People and groups of a real domain controller.</summary>
public sealed class ActiveDirectoryTests(SharedDomain shared) : LdapTestBase, IClassFixture<SharedDomain>
{
    private LdapSettings Settings => shared.Domain.Settings;

    [Theory]
    [InlineData("ada")]
    [InlineData("ADA")]
    [InlineData("ada@ad.mayfly.test")]
    [InlineData("MAYFLY\\ada")]
    public async Task CheckAsync_AccountNameOrPrincipalName_IsThePersonWithNestedGroups(string user)
    {
        var person = (await CheckAsync(Settings, user, "Password of ada 1")).Value;

        person.UserName.ShouldBe("ada");
        person.DisplayName.ShouldBe("Ada Lovelace");
        person.Mail.ShouldBe("ada@mayfly.test");
        Guid.TryParse(person.ExternalId, out _).ShouldBeTrue();
        NamesOf(person).ShouldBe(["Domain Users", "Users", "analysts", "engineers", "everybody", "inner", "outer"]);
    }

    [Theory]
    [InlineData("ada", "wrong")]
    [InlineData("nobody", "Password of ada 1")]
    [InlineData("*", "Password of ada 1")]
    [InlineData("gone", "Password of gone 1")]
    [InlineData("expired", "Password of expired 1")]
    [InlineData("ada", "")]
    public async Task CheckAsync_WrongOrClosed_IsAlwaysTheSameFault(string user, string password) =>
        (await CheckAsync(Settings, user, password)).Fault.ShouldBe(new Fault(ErrorCode.Unauthenticated, "The user name or the password is wrong.", null, "Check both and try again."));

    [Fact]
    public async Task CheckAsync_StartTls_SignsIn() =>
        (await CheckAsync(Settings with { Security = LdapSecurity.StartTls }, "grace.hopper", "Password of Grace.Hopper 1")).Value.UserName.ShouldBe("grace.hopper");

    [Fact]
    public async Task CheckAsync_Plaintext_IsRefusedByTheDomain()
    {
        var fault = (await CheckAsync(Settings with { Security = LdapSecurity.None, AllowPlaintext = true }, "ada", "Password of ada 1")).Fault!;

        fault.Code.ShouldBe(ErrorCode.DirectoryMisconfigured);
        fault.Remedy.ShouldBe("Choose StartTLS or LDAPS.");
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("expired")]
    public async Task FindAsync_DisabledOrExpired_SaysSo(string user) => (await FindAsync(Settings, user)).Value.Disabled.ShouldBeTrue();

    [Fact]
    public async Task FindAsync_SomebodyWithoutNesting_HasTheirGroupsOnly() =>
        NamesOf((await FindAsync(Settings, "grace.hopper")).Value).ShouldBe(["Domain Users", "Users", "others"]);

    [Fact]
    public async Task TestAsync_GoodSettings_CountsPeopleAndGroups()
    {
        var report = (await Directory.TestAsync(Settings, Token)).Value;

        report.Server.ShouldBe($"ldaps://{shared.Domain.Address}:636");
        report.Users.ShouldBeGreaterThanOrEqualTo(5);
        report.Groups.ShouldBeGreaterThan(6);
    }

    [Fact]
    public async Task TestAsync_WrongServiceAccount_IsRefused() =>
        (await Directory.TestAsync(Settings with { BindPassword = "wrong" }, Token)).Fault!.Code.ShouldBe(ErrorCode.DirectoryRefused);

    [Fact]
    public async Task TestAsync_Anonymous_IsRefused() =>
        (await Directory.TestAsync(Settings with { BindDn = null, BindPassword = null }, Token)).Fault!.Code.ShouldBe(ErrorCode.DirectoryRefused);
}
