using OtpNet;

namespace Mayfly.BrowserTests;

public sealed class SecondFactorTests(TestHouse house) : Journey(house)
{
    [Fact]
    public async Task SignIn_AfterTheProfileSetUpASecondFactor_TakesACodeOrARecoveryCodeOnce()
    {
        var ann = await WelcomeAsync("ann");
        await ann.Profile.GotoAsync();
        var (authenticator, codes) = await ann.Profile.SetUpSecondFactorAsync();
        await ann.SnapAsync("codes");

        await BeginAsync(ann);
        await ann.SnapAsync("asked");
        await ann.Login.ConfirmAsync("000000");
        await Expect(ann.Login.Problem).ToBeVisibleAsync();
        await ann.Login.ConfirmAsync(NextCode(authenticator));
        await Expect(ann.Page.GetByTestId("page-title")).ToBeVisibleAsync();

        await BeginAsync(ann);
        await ann.Login.ConfirmAsync(codes[0]);
        await Expect(ann.Page.GetByTestId("page-title")).ToBeVisibleAsync();

        await BeginAsync(ann);
        await ann.Login.ConfirmAsync(codes[0]);
        await Expect(ann.Login.Problem).ToBeVisibleAsync();
        await ann.SnapAsync("used-code");
        await ann.Login.ConfirmAsync(codes[1]);
        await Expect(ann.Page.GetByTestId("page-title")).ToBeVisibleAsync();
    }

    /// <summary>Signs out and comes as far as the code.</summary>
    private static async Task BeginAsync(Visitor visitor)
    {
        await visitor.SignOutAsync();
        await visitor.Login.GotoAsync();
        await visitor.Login.SubmitAsync(visitor.Name, visitor.Password);
        await Expect(visitor.Page.GetByTestId("code-form")).ToBeVisibleAsync();
    }

    // No code is good twice, and that of this half minute was used to set it up.
    private static string NextCode(Totp authenticator) => authenticator.ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30));
}
