using Mayfly.OpenIdProvider;
using Provider = Mayfly.OpenIdProvider.OpenIdProvider;

namespace Mayfly.BrowserTests;

public sealed class ProviderTests(TestHouse house) : Journey(house)
{
    private static readonly ProviderPerson Grace = new ProviderSettings().People.Single(person => person.Name == "grace");

    [Fact]
    public async Task SignIn_WithAnOpenIdProvider_EndsOnThePageThatWasWanted()
    {
        await using var provider = await Provider.StartAsync();
        await Api.PutAsync<DirectoryView>("directories/campus", new SetDirectoryRequest(OpenId: new OpenIdSettings
        {
            Name = "campus",
            DisplayName = "the campus",
            Authority = provider.Address.AbsoluteUri,
            ClientId = provider.Settings.ClientId,
            ClientSecret = provider.Settings.ClientSecret,
            RequireHttps = false,
        }));
        var grace = await EnterAsync(Grace.Name, Grace.Password);
        await grace.Profile.GotoAsync();
        await grace.SnapAsync("button");

        await grace.Page.GetByTestId("login-provider-campus").ClickAsync();
        await grace.Page.GetByLabel("User name").FillAsync(Grace.Name);
        await grace.Page.GetByLabel("Password").FillAsync(Grace.Password);
        await grace.SnapAsync("provider");
        await grace.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(grace.Page).ToHaveURLAsync(new Uri(House.Address, "/profile").AbsoluteUri);
        await Expect(grace.Page.GetByTestId("user-menu")).ToContainTextAsync(Grace.DisplayName);
        await Expect(grace.Page.GetByTestId("page-title")).ToBeVisibleAsync();
        (await Api.GetAsync<UserView>($"users/{Grace.Name}")).Source.ShouldBe("campus");
    }
}
