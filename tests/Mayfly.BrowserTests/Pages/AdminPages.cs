namespace Mayfly.BrowserTests.Pages;

/// <summary>The administrator's pages, reached through the sidebar.</summary>
internal sealed class AdminPages(IPage page)
{
    public ILocator IsolationBanner => page.GetByTestId("no-isolation");

    public ILocator Row(string kind, string name) => page.GetByTestId($"{kind}-{name}");

    /// <summary>Jobs of the images page that have come to a state: "running", "succeeded" or "failed".</summary>
    public ILocator Jobs(string state) => page.Locator($"[data-testid^=operation-][data-state={state}]");

    public async Task GotoAsync(string name)
    {
        await page.GetByTestId($"nav-{name}").ClickAsync();
        await Expect(page.GetByTestId("page-title")).ToContainTextAsync(name, new() { IgnoreCase = true });
    }

    public async Task AddUserAsync(string name, string password)
    {
        await page.GetByTestId("user-add").ClickAsync();
        await page.GetByTestId("user-name").FillAsync(name);
        await page.GetByTestId("user-new-password").FillAsync(password);
        await page.GetByTestId("user-dialog-submit").ClickAsync();
        await Expect(page.GetByTestId("user-dialog-submit")).ToHaveCountAsync(0);
    }

    public async Task CreatePoolAsync(string name, string displayName, string image)
    {
        await page.GetByTestId("pool-create").ClickAsync();
        await page.GetByTestId("pool-name").FillAsync(name);
        await page.GetByTestId("pool-display-name").FillAsync(displayName);
        await page.GetByTestId("pool-image").SelectOptionAsync(image);
        foreach (var step in new[] { "size", "rules", "attach", "who", "review" })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Next", Exact = true }).ClickAsync();
            await Expect(page.GetByTestId($"pool-wizard-{step}")).ToBeVisibleAsync();
        }

        var wizard = page.GetByTestId("pool-wizard");
        await wizard.GetByRole(AriaRole.Button, new() { Name = "Create pool", Exact = true }).ClickAsync();
        await Expect(wizard).ToHaveCountAsync(0);
    }

    public Task EntitleAsync(string pool, string user) => EntitleAsync(pool, user, "entitlement-user", "entitlement-add");

    public Task EntitleGroupAsync(string pool, string group) => EntitleAsync(pool, group, "entitlement-group", "entitlement-group-add");

    /// <summary>Finds a person in the help desk and goes to their page.</summary>
    public async Task FindPersonAsync(string user)
    {
        await page.GetByTestId("nav-helpdesk").ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Search people" }).FillAsync(user);
        await page.GetByTestId($"person-{user}").ClickAsync();
        await Expect(page.GetByTestId("page-title")).ToHaveTextAsync(user);
    }

    /// <summary>Chooses an action of a row's menu; asks nobody.</summary>
    public async Task ActAsync(ILocator row, string action)
    {
        await row.GetByRole(AriaRole.Button, new() { Name = "Kebab toggle" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = action, Exact = true }).ClickAsync();
    }

    public Task ConfirmAsync() => page.GetByTestId("confirm-yes").ClickAsync();

    private async Task EntitleAsync(string pool, string holder, string choice, string button)
    {
        await Row("pool", pool).GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByTestId("pool-tab-entitlements").ClickAsync();
        await page.GetByTestId(choice).SelectOptionAsync(holder);
        await page.GetByTestId(button).ClickAsync();
        await Expect(page.GetByTestId($"entitlement-remove-{holder}")).ToBeVisibleAsync();
    }
}
