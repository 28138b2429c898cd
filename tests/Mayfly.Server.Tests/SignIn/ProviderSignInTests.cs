using System.Net;
using System.Net.Http.Json;
using Mayfly.Contracts.Api;
using Mayfly.DirectoryKit;
using Mayfly.OpenIdProvider;
using Provider = Mayfly.OpenIdProvider.OpenIdProvider;

namespace Mayfly.Server.Tests.SignIn;

/// <summary>Sign-in through a whole mayflyd with a real OpenID Connect provider.</summary>
public sealed class ProviderSignInTests : IAsyncLifetime
{
    private Daemon _daemon = null!;
    private Provider _provider = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await Provider.StartAsync();
        _daemon = await Daemon.StartAsync(TimeProvider.System);
        using var local = _daemon.Local();
        var settings = new OpenIdSettings
        {
            Name = "company",
            DisplayName = "The company",
            Authority = _provider.Address.AbsoluteUri,
            ClientId = _provider.Settings.ClientId,
            ClientSecret = _provider.Settings.ClientSecret,
            RequireHttps = false,
        };
        (await local.PutAsJsonAsync("/api/v1/directories/company", new SetDirectoryRequest(null, settings), Daemon.Json)).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await _daemon.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task SignIn_WithTheProvider_ComesBackSignedInToThePageWanted()
    {
        var (browser, cookies) = Browser();
        var back = await VisitAsync(browser, "/api/v1/sign-in/company?to=/machines");
        var answer = await browser.GetAsync(back);
        (answer.StatusCode, answer.Headers.Location!.OriginalString).ShouldBe((HttpStatusCode.Redirect, "/machines"));
        cookies.GetCookies(_daemon.Address).ShouldContain(cookie => cookie.Name == "mayfly" && cookie.HttpOnly);
        var me = await browser.GetFromJsonAsync<MeView>("/api/v1/me", Daemon.Json);
        (me!.Name, me.DisplayName, me.Source).ShouldBe(("ada", "Ada Lovelace", "company"));
        // The same answer a second time is worth nothing.
        (await browser.GetAsync(back)).Headers.Location!.OriginalString.ShouldBe("/?problem=Unauthenticated");
    }

    [Fact]
    public async Task SignIn_FinishedInAnotherBrowser_SignsNobodyIn()
    {
        var (browser, _) = Browser();
        var (other, cookies) = Browser();
        var back = await VisitAsync(browser, "/api/v1/sign-in/company");
        (await other.GetAsync(back)).Headers.Location!.OriginalString.ShouldBe("/?problem=Unauthenticated");
        cookies.GetCookies(_daemon.Address).ShouldNotContain(cookie => cookie.Name == "mayfly");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_ToAnotherSite_ComesBackToTheFirstPage(string to)
    {
        var (browser, _) = Browser();
        var back = await VisitAsync(browser, "/api/v1/sign-in/company?to=" + Uri.EscapeDataString(to));
        (await browser.GetAsync(back)).Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task SignIn_OfOneWhomTheHouseDisabled_IsRefused()
    {
        var (browser, _) = Browser();
        await browser.GetAsync(await VisitAsync(browser, "/api/v1/sign-in/company"));
        using var local = _daemon.Local();
        (await local.PutAsJsonAsync("/api/v1/users/ada", new ChangeUserRequest(Enabled: false))).EnsureSuccessStatusCode();
        (await browser.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.GetAsync(await VisitAsync(browser, "/api/v1/sign-in/company"))).Headers.Location!.OriginalString.ShouldBe("/?problem=Unauthenticated");
    }

    [Fact]
    public async Task SignIn_WithANameThatIsALocalUsers_IsRefused()
    {
        using var local = _daemon.Local();
        (await local.PostAsJsonAsync("/api/v1/users", new AddUserRequest("ada"))).EnsureSuccessStatusCode();
        var (browser, _) = Browser();
        (await browser.GetAsync(await VisitAsync(browser, "/api/v1/sign-in/company"))).Headers.Location!.OriginalString.ShouldBe("/?problem=AlreadyExists");
    }

    [Fact]
    public async Task SignIn_WithAProviderThatLies_IsRefusedAndAnEvent()
    {
        _provider.Misbehaviour = Misbehaviour.WrongNonce;
        var (browser, _) = Browser();
        (await browser.GetAsync(await VisitAsync(browser, "/api/v1/sign-in/company"))).Headers.Location!.OriginalString.ShouldBe("/?problem=DirectoryUntrusted");
        using var local = _daemon.Local();
        (await local.GetStringAsync("/api/v1/events?limit=1000")).ShouldContain("directory.failed");
    }

    private (HttpClient Client, CookieContainer Cookies) Browser()
    {
        var cookies = new CookieContainer();
        return (new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = _daemon.Address }, cookies);
    }

    private static async Task<Uri> VisitAsync(HttpClient browser, string path)
    {
        var begun = await browser.GetAsync(path);
        begun.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return await ProviderBrowser.SignInAsync(begun.Headers.Location!, "Ada@mayfly.test", "ada's password");
    }
}
