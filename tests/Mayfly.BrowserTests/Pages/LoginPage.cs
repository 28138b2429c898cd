namespace Mayfly.BrowserTests.Pages;

internal sealed class LoginPage(IPage page)
{
    public ILocator Form => page.GetByTestId("login-form");

    public ILocator Problem => page.GetByTestId("login-problem");

    /// <summary>Says that the sign-in has ended.</summary>
    public ILocator Over => page.GetByTestId("login-over");

    /// <summary>Signing in there leads to the cards; at the root it would open an only desktop at once.</summary>
    public Task GotoAsync() => page.GotoAsync("/desktops");

    public async Task SubmitAsync(string user, string password)
    {
        await page.GetByTestId("login-user").FillAsync(user);
        await page.GetByTestId("login-password").FillAsync(password);
        await page.GetByTestId("login-submit").ClickAsync();
    }

    /// <summary>The second step, where a code is asked for.</summary>
    public async Task ConfirmAsync(string code)
    {
        await page.GetByTestId("login-code").FillAsync(code);
        await page.GetByTestId("login-code-submit").ClickAsync();
    }
}
