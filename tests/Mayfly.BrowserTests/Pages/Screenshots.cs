namespace Mayfly.BrowserTests.Pages;

/// <summary>Pictures of each step, for people: <c>screenshots/TEST-STEP.png</c> below the artifacts.</summary>
internal static class Screenshots
{
    private static readonly string Folder = Path.Combine(Checkout.Artifacts, "screenshots");

    public static Task TakeAsync(IPage page, string step)
    {
        var test = TestContext.Current.TestMethod?.MethodName ?? "bench";
        return page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, $"{test}-{step}.png") });
    }
}
