namespace Mayfly.BrowserTests.House;

/// <summary>A person with an account and a browser window.</summary>
internal sealed class Visitor(string name, string password, IPage page, Uri address)
{
    public string Name => name;

    public string Password => password;

    public IPage Page => page;

    public LoginPage Login => new(page);

    public AdminPages Admin => new(page);

    public ProfilePage Profile => new(page);

    public PortalPage Portal => new(page);

    public DesktopPage Desktop => new(page);

    /// <summary>Requests with this window's cookie, past the page.</summary>
    public SignedIn Fetch => new(page, address);

    public async Task LogInAsync()
    {
        await Login.GotoAsync();
        await Login.SubmitAsync(name, password);
        await Expect(page.GetByTestId("page-title")).ToBeVisibleAsync();
    }

    /// <summary>Signs out by the menu and waits for the sign-in page.</summary>
    public async Task SignOutAsync()
    {
        await page.GetByTestId("user-menu").ClickAsync();
        await page.GetByTestId("logout").ClickAsync();
        await Expect(Login.Form).ToBeVisibleAsync();
    }

    /// <summary>Opens a desktop from the portal and waits until it is drawn.</summary>
    public async Task<DesktopPage> OpenAsync(string pool)
    {
        await Portal.OpenAsync(pool);
        await Desktop.AwaitShownAsync();
        return Desktop;
    }

    public Task SnapAsync(string step) => Screenshots.TakeAsync(page, step);

    public async Task LeaveAsync()
    {
        await SnapAsync("last");
        await page.Context.CloseAsync();
    }
}
