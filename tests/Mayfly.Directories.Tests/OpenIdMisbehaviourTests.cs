using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Mayfly.Contracts;
using Mayfly.DirectoryKit;
using Mayfly.OpenIdProvider;
using Provider = Mayfly.OpenIdProvider.OpenIdProvider;

namespace Mayfly.Directories.Tests;

/// <summary>Sign-in with a provider that does not behave, or is none.</summary>
public sealed class OpenIdMisbehaviourTests
{
    [Theory]
    [InlineData(Misbehaviour.WrongNonce, "for this sign-in")]
    [InlineData(Misbehaviour.NoNonce, "for this sign-in")]
    [InlineData(Misbehaviour.WrongAudience, "for another client")]
    [InlineData(Misbehaviour.WrongAuthorizedParty, "for another client")]
    [InlineData(Misbehaviour.Expired, "at this time")]
    [InlineData(Misbehaviour.WithoutSignature, "not allowed")]
    [InlineData(Misbehaviour.SignedWithSecret, "not allowed")]
    [InlineData(Misbehaviour.ForeignKey, "does not publish")]
    [InlineData(Misbehaviour.WrongIssuer, "another issuer")]
    public async Task CompleteAsync_FalseToken_IsUntrusted(Misbehaviour misbehaviour, string why)
    {
        var fault = await FaultAsync(misbehaviour);

        fault.Code.ShouldBe(ErrorCode.DirectoryUntrusted);
        fault.Why!.ShouldContain(why);
    }

    [Theory]
    [InlineData(Misbehaviour.Silent, ErrorCode.DirectoryUnreachable)]
    [InlineData(Misbehaviour.Huge, ErrorCode.DirectoryUnreachable)]
    [InlineData(Misbehaviour.ErrorPage, ErrorCode.DirectoryMisconfigured)]
    [InlineData(Misbehaviour.ErrorWithMarkup, ErrorCode.DirectoryMisconfigured)]
    [InlineData(Misbehaviour.Redirect, ErrorCode.DirectoryMisconfigured)]
    public async Task CompleteAsync_BadAnswer_IsToldWithoutMarkup(Misbehaviour misbehaviour, ErrorCode code)
    {
        var fault = await FaultAsync(misbehaviour);

        fault.Code.ShouldBe(code);
        fault.ToString().ShouldNotContain('<');
    }

    [Fact]
    public async Task BeginAsync_NobodyThere_IsUnreachable()
    {
        var provider = await Provider.StartAsync();
        await provider.DisposeAsync();

        (await new OpenIdVisit(provider).BeginAsync()).Fault!.Code.ShouldBe(ErrorCode.DirectoryUnreachable);
    }

    [Fact]
    public async Task CompleteAsync_ProviderGoneMeanwhile_IsUnreachable()
    {
        var provider = await Provider.StartAsync();
        var visit = new OpenIdVisit(provider);
        var attempt = (await visit.BeginAsync()).Value;
        var callback = await OpenIdVisit.ReturnAsync(attempt, "grace", "grace's password");
        await provider.DisposeAsync();

        (await visit.CompleteAsync(attempt, callback)).Fault!.Code.ShouldBe(ErrorCode.DirectoryUnreachable);
    }

    [Fact]
    public async Task BeginAsync_PlainHttp_IsRefusedUnlessAllowed()
    {
        await using var provider = await Provider.StartAsync();
        var visit = new OpenIdVisit(provider);
        visit.Settings = visit.Settings with { RequireHttps = true };

        (await visit.BeginAsync()).Fault!.Code.ShouldBe(ErrorCode.DirectoryMisconfigured);
    }

    [Fact]
    public async Task BeginAsync_AuthorityThatIsNotTheIssuer_IsMisconfigured()
    {
        await using var provider = await Provider.StartAsync();
        var visit = new OpenIdVisit(provider);
        visit.Settings = visit.Settings with { Authority = $"http://127.0.0.1:{provider.Settings.Port}" };

        (await visit.BeginAsync()).Fault!.Code.ShouldBe(ErrorCode.DirectoryMisconfigured);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("page")]
    public async Task BeginAsync_AuthorityWithoutDiscovery_IsMisconfigured(string path)
    {
        await using var provider = await Provider.StartAsync();
        var visit = new OpenIdVisit(provider);
        visit.Settings = visit.Settings with { Authority = $"{provider.Address}{path}" };

        var fault = (await visit.BeginAsync()).Fault!;
        fault.Code.ShouldBe(ErrorCode.DirectoryMisconfigured);
        fault.ToString().ShouldNotContain('<');
    }

    [Fact]
    public async Task CompleteAsync_Https_TrustsTheGivenAuthorityOnly()
    {
        using var authority = new TestAuthority("The authority of the provider");
        using var other = new TestAuthority("Another authority");
        using var certificate = authority.Issue("localhost");
        await using var provider = await Provider.StartAsync(new ProviderSettings { Certificate = certificate });
        var visit = new OpenIdVisit(provider);
        visit.Settings = visit.Settings with { RequireHttps = true };

        foreach (var pem in new[] { null, other.Pem })
        {
            visit.Settings = visit.Settings with { CaCertificate = pem };
            (await visit.BeginAsync()).Fault!.Code.ShouldBe(ErrorCode.DirectoryUntrusted);
        }

        visit.Settings = visit.Settings with { CaCertificate = authority.Pem };
        (await visit.SignInAsync("grace", "grace's password", BrowserTrusting(certificate))).Value.UserName.ShouldBe("grace");
    }

    [Fact]
    public async Task BeginAsync_CertificateForAnotherHost_IsUntrusted()
    {
        using var authority = new TestAuthority("The authority of the provider");
        using var certificate = authority.Issue("elsewhere.test");
        await using var provider = await Provider.StartAsync(new ProviderSettings { Certificate = certificate });
        var visit = new OpenIdVisit(provider);
        visit.Settings = visit.Settings with { CaCertificate = authority.Pem };

        (await visit.BeginAsync()).Fault!.Code.ShouldBe(ErrorCode.DirectoryUntrusted);
    }

    private static SocketsHttpHandler BrowserTrusting(X509Certificate2 certificate) => new()
    {
        AllowAutoRedirect = false,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, given, _, _) => given?.GetCertHashString() == certificate.GetCertHashString() },
    };

    private static async Task<Fault> FaultAsync(Misbehaviour misbehaviour)
    {
        await using var provider = await Provider.StartAsync();
        var visit = new OpenIdVisit(provider);
        visit.Settings = visit.Settings with { TimeoutSeconds = misbehaviour == Misbehaviour.Silent ? 2 : 30 };
        provider.Misbehaviour = misbehaviour;
        return (await visit.SignInAsync("grace", "grace's password")).Fault.ShouldNotBeNull();
    }
}
