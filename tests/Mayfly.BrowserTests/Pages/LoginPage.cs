namespace Mayfly.BrowserTests.Pages;

internal sealed class LoginPage(IPage page)
{
    public ILocator Problem => page.GetByTestId("login-problem");

    public Task GotoAsync() => page.GotoAsync("/");

    public async Task SubmitAsync(string user, string password)
    {
        await page.GetByTestId("login-user").FillAsync(user);
        await page.GetByTestId("login-password").FillAsync(password);
        await page.GetByTestId("login-submit").ClickAsync();
    }
}
