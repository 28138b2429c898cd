using Mayfly.Contracts;
using Mayfly.Control.Directories;
using Mayfly.OpenIdProvider;
using Microsoft.AspNetCore.WebUtilities;
using Provider = Mayfly.OpenIdProvider.OpenIdProvider;

namespace Mayfly.Directories.Tests;

/// <summary>Sign-in with a real provider that behaves.</summary>
public sealed class OpenIdTests
{
    private const string Ada = "Ada@mayfly.test";
    private const string AdasPassword = "ada's password";

    [Fact]
    public async Task CompleteAsync_GoodSignIn_IsThePersonWithGroups()
    {
        await using var provider = await Provider.StartAsync();
        var person = (await new OpenIdVisit(provider).SignInAsync(Ada, AdasPassword)).Value;

        person.ExternalId.ShouldBe($"{provider.Address}|1001");
        person.UserName.ShouldBe("ada");
        person.DisplayName.ShouldBe("Ada Lovelace");
        person.Mail.ShouldBe("ada@mayfly.test");
        person.Groups.ShouldBe([new DirectoryGroup("analysts", "analysts"), new DirectoryGroup("house", "house")]);
        person.Disabled.ShouldBeFalse();
    }

    [Fact]
    public async Task CompleteAsync_GroupsInUserInfoOnly_AreFetched()
    {
        await using var provider = await Provider.StartAsync(new ProviderSettings { GroupsInToken = false });
        var visit = new OpenIdVisit(provider);

        (await visit.SignInAsync(Ada, AdasPassword)).Value.Groups.Select(group => group.Name).ShouldBe(["analysts", "house"]);
        provider.Misbehaviour = Misbehaviour.OtherSubject;
        (await visit.SignInAsync(Ada, AdasPassword)).Fault!.Code.ShouldBe(ErrorCode.DirectoryUntrusted);
    }

    [Fact]
    public async Task CompleteAsync_NoGroupsClaim_ReadsNone()
    {
        await using var provider = await Provider.StartAsync();
        var visit = new OpenIdVisit(provider);
        visit.Settings = visit.Settings with { GroupsClaim = null };

        (await visit.SignInAsync(Ada, AdasPassword)).Value.Groups.ShouldBeEmpty();
    }

    [Fact]
    public async Task CompleteAsync_PublicClient_NeedsNoSecret()
    {
        await using var provider = await Provider.StartAsync(new ProviderSettings { ClientSecret = null });

        (await new OpenIdVisit(provider).SignInAsync(Ada, AdasPassword)).Value.UserName.ShouldBe("ada");
    }

    [Theory]
    [InlineData("client_secret_basic")]
    [InlineData("client_secret_post")]
    public async Task CompleteAsync_ProviderThatTakesTheSecretInOneWay_IsShownItSo(string method)
    {
        await using var provider = await Provider.StartAsync(new ProviderSettings { SecretMethods = [method] });
        var visit = new OpenIdVisit(provider);

        (await visit.SignInAsync(Ada, AdasPassword)).Value.UserName.ShouldBe("ada");
        visit.Settings = visit.Settings with { ClientSecret = "another" };
        (await visit.SignInAsync(Ada, AdasPassword)).Fault!.Code.ShouldBe(ErrorCode.DirectoryRefused);
    }

    [Fact]
    public async Task CompleteAsync_ProviderThatTakesNoSecret_IsMisconfigured()
    {
        await using var provider = await Provider.StartAsync(new ProviderSettings { SecretMethods = ["private_key_jwt"] });

        (await new OpenIdVisit(provider).SignInAsync(Ada, AdasPassword)).Fault!.Code.ShouldBe(ErrorCode.DirectoryMisconfigured);
    }

    [Fact]
    public async Task CompleteAsync_WrongSecret_IsRefused()
    {
        await using var provider = await Provider.StartAsync();
        var visit = new OpenIdVisit(provider);
        visit.Settings = visit.Settings with { ClientSecret = "another" };

        (await visit.SignInAsync(Ada, AdasPassword)).Fault!.Code.ShouldBe(ErrorCode.DirectoryRefused);
    }

    [Fact]
    public async Task CompleteAsync_NameThatMayflyDoesNotAllow_IsMisconfigured()
    {
        await using var provider = await Provider.StartAsync();

        (await new OpenIdVisit(provider).SignInAsync("no name at all!", "a password")).Fault!.Code.ShouldBe(ErrorCode.DirectoryMisconfigured);
    }

    [Fact]
    public async Task CompleteAsync_KeysRolledMeanwhile_SignsIn()
    {
        await using var provider = await Provider.StartAsync();
        var visit = new OpenIdVisit(provider);
        (await visit.SignInAsync(Ada, AdasPassword)).Fault.ShouldBeNull();

        await provider.RollKeysAsync();

        (await visit.SignInAsync(Ada, AdasPassword)).Value.UserName.ShouldBe("ada");
    }

    [Fact]
    public async Task BeginAsync_Always_AsksForCodeWithPkceStateAndNonce()
    {
        await using var provider = await Provider.StartAsync();
        var attempt = (await new OpenIdVisit(provider).BeginAsync()).Value;
        var query = QueryHelpers.ParseQuery(attempt.AuthorizationUrl.Query);

        query["response_type"].ToString().ShouldBe("code");
        query["response_mode"].ToString().ShouldBe("query");
        query["code_challenge_method"].ToString().ShouldBe("S256");
        query["state"].ToString().ShouldBe(attempt.State);
        query["nonce"].ToString().ShouldBe(attempt.Nonce);
        query["scope"].ToString().Split(' ').ShouldContain("openid");
        attempt.AuthorizationUrl.Query.ShouldNotContain(attempt.CodeVerifier);
        new[] { attempt.State, attempt.Nonce, attempt.CodeVerifier }.Distinct().Count(secret => secret.Length == 43).ShouldBe(3);
    }

    [Fact]
    public async Task CompleteAsync_AnotherVerifier_IsNotSignedIn()
    {
        await using var provider = await Provider.StartAsync();
        var visit = new OpenIdVisit(provider);
        var attempt = (await visit.BeginAsync()).Value;
        var callback = await OpenIdVisit.ReturnAsync(attempt, Ada, AdasPassword);

        (await visit.CompleteAsync(attempt with { CodeVerifier = new string('a', 43) }, callback)).Fault!.Code.ShouldBe(ErrorCode.Unauthenticated);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("another state")]
    public async Task CompleteAsync_AnotherState_IsNotSignedIn(string? state)
    {
        await using var provider = await Provider.StartAsync();
        var visit = new OpenIdVisit(provider);
        var attempt = (await visit.BeginAsync()).Value;
        var callback = await OpenIdVisit.ReturnAsync(attempt, Ada, AdasPassword);

        (await visit.CompleteAsync(attempt, callback with { State = state })).Fault!.Code.ShouldBe(ErrorCode.Unauthenticated);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://elsewhere.test/")]
    public async Task CompleteAsync_AnotherIssuerInTheAnswer_IsUntrusted(string? issuer)
    {
        await using var provider = await Provider.StartAsync();
        var visit = new OpenIdVisit(provider);
        var attempt = (await visit.BeginAsync()).Value;
        var callback = await OpenIdVisit.ReturnAsync(attempt, Ada, AdasPassword);
        callback.Issuer.ShouldBe(provider.Address.AbsoluteUri);

        (await visit.CompleteAsync(attempt, callback with { Issuer = issuer })).Fault!.Code.ShouldBe(ErrorCode.DirectoryUntrusted);
    }

    [Fact]
    public async Task CompleteAsync_TooLate_IsNotSignedIn()
    {
        await using var provider = await Provider.StartAsync();
        var visit = new OpenIdVisit(provider);
        var attempt = (await visit.BeginAsync()).Value;
        var callback = await OpenIdVisit.ReturnAsync(attempt, Ada, AdasPassword);

        (await visit.CompleteAsync(attempt with { ExpiresAt = TimeProvider.System.GetUtcNow() }, callback)).Fault!.Code.ShouldBe(ErrorCode.Unauthenticated);
    }

    [Fact]
    public async Task CompleteAsync_ProviderSaysNo_IsToldWithoutMarkup()
    {
        await using var provider = await Provider.StartAsync();
        var visit = new OpenIdVisit(provider);
        var attempt = (await visit.BeginAsync()).Value;
        var callback = new OpenIdCallback(null, attempt.State, provider.Address.AbsoluteUri, "access_denied", "<script>alert(1)</script>");

        var fault = (await visit.CompleteAsync(attempt, callback)).Fault!;
        fault.Code.ShouldBe(ErrorCode.Unauthenticated);
        fault.Why.ShouldBe("access_denied: scriptalert(1)/script");
    }

    [Fact]
    public async Task TestAsync_GoodSettings_TellsOfTheProvider()
    {
        await using var provider = await Provider.StartAsync();
        var report = (await new OpenIdVisit(provider).TestAsync()).Value;

        report.ShouldBe(new Contracts.Api.OpenIdTestReport(provider.Address.AbsoluteUri, 1, Pkce: true, NamesIssuer: true));
    }
}
