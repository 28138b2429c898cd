using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.DirectoryKit;

namespace Mayfly.Directories.Tests;

/// <summary>Whom Mayfly tells passwords, and whom not.</summary>
public sealed class LdapTrustTests(SharedOpenLdap shared) : LdapTestBase
{
    private LdapSettings Settings => shared.Directory.Settings;

    private LdapSettings Ldaps => Settings with { Servers = [$"localhost:{shared.Directory.TlsPort}"], Security = LdapSecurity.Ldaps };

    [Fact]
    public async Task CheckAsync_Ldaps_SignsIn()
    {
        (await CheckAsync(Ldaps, "ada", "password of ada")).Value.UserName.ShouldBe("ada");
        (await CheckAsync(Settings with { Servers = [$"ldaps://localhost:{shared.Directory.TlsPort}"] }, "ada", "password of ada")).Value.UserName.ShouldBe("ada");
    }

    [Theory]
    [InlineData(LdapSecurity.StartTls)]
    [InlineData(LdapSecurity.Ldaps)]
    public async Task CheckAsync_AnotherAuthority_IsUntrusted(LdapSecurity security)
    {
        using var other = new TestAuthority("Another authority");
        var settings = (security == LdapSecurity.Ldaps ? Ldaps : Settings) with { CaCertificate = other.Pem };

        (await CheckAsync(settings, "ada", "password of ada")).Fault!.Code.ShouldBe(ErrorCode.DirectoryUntrusted);
    }

    [Theory]
    [InlineData(LdapSecurity.StartTls)]
    [InlineData(LdapSecurity.Ldaps)]
    public async Task CheckAsync_AuthoritiesOfThisHost_DoNotVouchForATest(LdapSecurity security)
    {
        var settings = (security == LdapSecurity.Ldaps ? Ldaps : Settings) with { CaCertificate = null };

        (await CheckAsync(settings, "ada", "password of ada")).Fault!.Code.ShouldBe(ErrorCode.DirectoryUntrusted);
    }

    [Fact]
    public async Task CheckAsync_CertificateForAnotherHost_IsUntrusted()
    {
        var plain = Settings with { Servers = [$"127.0.0.1:{shared.Directory.Port}"] };
        var encrypted = Ldaps with { Servers = [$"127.0.0.1:{shared.Directory.TlsPort}"] };

        (await CheckAsync(plain, "ada", "password of ada")).Fault!.Code.ShouldBe(ErrorCode.DirectoryUntrusted);
        var fault = (await CheckAsync(encrypted, "ada", "password of ada")).Fault!;
        fault.Code.ShouldBe(ErrorCode.DirectoryUntrusted);
        fault.Why!.ShouldContain("RemoteCertificateNameMismatch");
    }

    [Fact]
    public async Task CheckAsync_Plaintext_IsRefusedUnlessAllowed()
    {
        var plain = Settings with { Security = LdapSecurity.None };

        (await CheckAsync(plain, "ada", "password of ada")).Fault!.Code.ShouldBe(ErrorCode.DirectoryMisconfigured);
        (await CheckAsync(plain with { AllowPlaintext = true }, "ada", "password of ada")).Value.UserName.ShouldBe("ada");
    }

    [Fact]
    public async Task CheckAsync_TlsSpokenToAPlainPort_IsNotTaken()
    {
        var settings = Ldaps with { Servers = [$"localhost:{shared.Directory.Port}"], TimeoutSeconds = 2 };

        (await CheckAsync(settings, "ada", "password of ada")).Fault!.Code.ShouldBeOneOf(ErrorCode.DirectoryUnreachable, ErrorCode.DirectoryUntrusted);
    }
}
