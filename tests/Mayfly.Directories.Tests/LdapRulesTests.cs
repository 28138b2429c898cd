using Mayfly.Contracts.Api;
using Mayfly.Control.Directories;
using Mayfly.DirectoryKit;

namespace Mayfly.Directories.Tests;

/// <summary>Settings that are good, and settings that are not.</summary>
public sealed class LdapRulesTests
{
    private static LdapSettings Good => new() { Name = "house", Servers = ["dc1.mayfly.test"], UserBase = "dc=mayfly,dc=test" };

    public static TheoryData<string, LdapSettings> Wrong => new()
    {
        { "name", Good with { Name = "" } },
        { "servers", Good with { Servers = [] } },
        { "server", Good with { Servers = ["http://dc1"] } },
        { "server", Good with { Servers = ["ldap://dc1/ou=people"] } },
        { "server", Good with { Servers = ["ldap://dc1"], Security = LdapSecurity.Ldaps } },
        { "clear", Good with { Security = LdapSecurity.None } },
        { "PEM", Good with { CaCertificate = "no certificate" } },
        { "base", Good with { UserBase = " " } },
        { "password", Good with { BindDn = "cn=mayfly" } },
        { "{user}", Good with { UserFilter = "(uid=ada)" } },
        { "filter", Good with { UserFilter = "(uid={user}" } },
        { "timeout", Good with { TimeoutSeconds = 0 } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Complaint_WrongSettings_SaysWhat(string word, LdapSettings settings) => LdapRules.Complaint(settings)!.Why!.ShouldContain(word, Case.Insensitive);

    [Theory]
    [InlineData("dc1")]
    [InlineData("dc1:3890")]
    [InlineData("[::1]:3890")]
    [InlineData("ldap://dc1")]
    [InlineData("ldaps://dc1:6360/")]
    public void Complaint_AnyWayToWriteAServer_IsGood(string server) => LdapRules.Complaint(Good with { Servers = [server] }).ShouldBeNull();

    [Fact]
    public void Complaint_CertificateOfAServerAsAuthority_IsRefused()
    {
        using var authority = new TestAuthority("An authority");
        using var server = authority.Issue("dc1");

        LdapRules.Complaint(Good with { CaCertificate = authority.Pem }).ShouldBeNull();
        LdapRules.Complaint(Good with { CaCertificate = server.ExportCertificatePem() })!.Why!.ShouldContain("root");
    }

    [Fact]
    public void DefaultFilters_AreFilters()
    {
        LdapRules.Complaint(Good).ShouldBeNull();
        LdapRules.Complaint(Good with { GroupKind = LdapGroupKind.GroupOfNames }).ShouldBeNull();
    }
}
