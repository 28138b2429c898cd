namespace Mayfly.BrowserTests.House;

/// <summary>The distribution's Chromium, driven without a screen. One program; each person gets a profile of their own in it.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";
    private const int PatienceMs = 20_000;
    private static readonly ViewportSize Window = new() { Width = 1280, Height = 800 };

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Chromium> StartAsync()
    {
        if (!File.Exists(Program)) throw new FileNotFoundException($"Browser tests need Chromium at {Program}. \"make install-deps\" installs it.");
        // A busy host without KVM may be slow to answer; none of the waits is a measurement.
        SetDefaultExpectTimeout(PatienceMs);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
        return new Chromium(playwright, browser);
    }

    /// <summary>A window of somebody who has not been here before.</summary>
    public async Task<IPage> OpenWindowAsync(Uri address)
    {
        var profile = await _browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = address.ToString(), ViewportSize = Window, ColorScheme = ColorScheme.Light });
        profile.SetDefaultTimeout(PatienceMs);
        return await profile.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
