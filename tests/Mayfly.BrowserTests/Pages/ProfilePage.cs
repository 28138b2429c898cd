using OtpNet;

namespace Mayfly.BrowserTests.Pages;

/// <summary>A person's own account.</summary>
internal sealed class ProfilePage(IPage page)
{
    public Task GotoAsync() => page.GotoAsync("/profile");

    /// <summary>Sets up the second factor as a person with an authenticator does. Returns the authenticator and the recovery codes.</summary>
    public async Task<(Totp Authenticator, IReadOnlyList<string> Codes)> SetUpSecondFactorAsync()
    {
        await page.GetByTestId("factor-begin").ClickAsync();
        var secret = await page.GetByTestId("factor-secret").GetByRole(AriaRole.Textbox).InputValueAsync();
        var authenticator = new Totp(Base32Encoding.ToBytes(secret));
        await page.GetByTestId("factor-code").FillAsync(authenticator.ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime));
        await page.GetByTestId("factor-confirm").ClickAsync();
        var codes = page.GetByTestId("recovery-codes").GetByRole(AriaRole.Listitem);
        await Expect(codes).ToHaveCountAsync(10);
        return (authenticator, await codes.AllTextContentsAsync());
    }
}
