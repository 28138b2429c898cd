using Mayfly.BrowserTests.House;
using Mayfly.BrowserTests.Pages;

namespace Mayfly.PortalBench;

/// <summary>Login to card list: a person who has not been here before signs in, in a browser; from the click to the frame that shows the first card.</summary>
internal sealed class LoginRun(BenchHouse house, Uri address, int count)
{
    private const int PoolSeconds = 300;
    private const string User = "visitor";

    /// <summary>Presses the button and resolves to the milliseconds until a card is there and a frame with it has been drawn.</summary>
    private const string PressAndWait = """
        () => new Promise(done => {
          const from = performance.now();
          const look = new MutationObserver(() => {
            if (!document.querySelector('[data-testid^=desktop-card-]')) return;
            look.disconnect();
            requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - from)));
          });
          look.observe(document, { childList: true, subtree: true });
          document.querySelector('[data-testid=login-submit]').click();
        })
        """;

    // Below the sign-ins a minute that mayflyd takes from one address.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1.2);

    public async Task<Measure> RunAsync()
    {
        var pool = $"login-{house.Image}";
        await house.AddPoolAsync(pool, 0, 1, [User], PoolSeconds);
        await using var chromium = await Chromium.StartAsync();
        var values = new List<double>();
        // The first warms server and browser; it is not one of the count.
        for (var i = 0; i <= count; i++)
        {
            var value = await SignInAsync(chromium);
            if (i > 0) values.Add(value);
            await Task.Delay(Pause);
        }

        await house.RemovePoolAsync(pool);
        return Measure.Of($"{house.Image}: login to card list", "ms", values);
    }

    private async Task<double> SignInAsync(Chromium chromium)
    {
        var page = await chromium.OpenWindowAsync(address);
        await new LoginPage(page).GotoAsync();
        await page.GetByTestId("login-user").FillAsync(User);
        await page.GetByTestId("login-password").FillAsync(BenchHouse.Password);
        var value = await page.EvaluateAsync<double>(PressAndWait);
        await page.Context.CloseAsync();
        return value;
    }
}
