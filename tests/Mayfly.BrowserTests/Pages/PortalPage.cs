namespace Mayfly.BrowserTests.Pages;

internal sealed class PortalPage(IPage page)
{
    public ILocator Notice => page.GetByTestId("portal-notice");

    public ILocator Cards => page.Locator("[data-testid^=desktop-card-]");

    public ILocator Card(string pool) => page.GetByTestId($"desktop-card-{pool}");

    public ILocator State(string pool) => page.GetByTestId($"desktop-state-{pool}");

    public Task GotoAsync() => page.GotoAsync("/desktops");

    public Task OpenAsync(string pool) => page.GetByTestId($"desktop-open-{pool}").ClickAsync();

    /// <summary>Milliseconds from the click on a card to the first picture of its desktop, as the page itself noted them.</summary>
    public Task<double> ClickToFirstFrameAsync() =>
        page.EvaluateAsync<double>("performance.measure('', 'mayfly:click', 'mayfly:first-frame').duration");
}
