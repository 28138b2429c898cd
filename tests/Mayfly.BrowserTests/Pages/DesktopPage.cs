namespace Mayfly.BrowserTests.Pages;

/// <summary>A desktop in the browser: its screen, its toolbar, and the panels over it. Places are in the guest's own pixels.</summary>
internal sealed class DesktopPage(IPage page)
{
    // Faster than hands, and no faster: a guest's PS/2 keyboard holds 16 bytes, so what is typed into a guest that stands still meanwhile is lost.
    private const int KeyMs = 60;
    private const int ShowMs = 60_000;

    // Settings are packed in the guest meanwhile, which under emulation takes its time.
    private const int LogOffMs = 120_000;
    private const string Shifted = """~!@#$%^&*()_+{}|:"<>?""";

    public ILocator View => page.GetByTestId("display");

    public ILocator Screen => page.GetByTestId("display-screen").Locator("canvas");

    public ILocator ConnectionLost => page.GetByTestId("connection-lost");

    public ILocator Tool(string name) => page.GetByTestId($"tool-{name}");

    /// <summary>Returns once the desktop's first picture is on the page.</summary>
    public async Task AwaitShownAsync()
    {
        await Expect(page.Locator("html[data-display=connected][data-first-frame='1']")).ToBeAttachedAsync(new() { Timeout = ShowMs });
        await Expect(View).ToHaveAttributeAsync("data-phase", "shown");
    }

    /// <summary>Uses a tool of the toolbar, which slides in under the mouse.</summary>
    public async Task UseToolAsync(string name)
    {
        await page.GetByTestId("display-toolbar").HoverAsync(new() { Force = true });
        await Tool(name).ClickAsync();
    }

    /// <summary>Types a line as fingers do: the shift key is held where the US keyboard needs it, since the guest sees keys and not letters.</summary>
    public async Task TypeAsync(string line)
    {
        foreach (var letter in line)
            await page.Keyboard.PressAsync(char.IsAsciiLetterUpper(letter) || Shifted.Contains(letter) ? $"Shift+{letter}" : $"{letter}", new() { Delay = KeyMs });
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Types a remark: a busy guest may lose what is typed before its terminal has the keyboard, and of that it is no harm.</summary>
    public Task TypeRemarkAsync() => TypeAsync("# typed to find out who listens");

    public async Task ClickAsync(int x, int y, MouseButton button = MouseButton.Left)
    {
        var box = (await Screen.BoundingBoxAsync())!;
        var size = await Screen.EvaluateAsync<int[]>("canvas => [canvas.width, canvas.height]");
        await page.Mouse.ClickAsync(box.X + (x * box.Width / size[0]), box.Y + (y * box.Height / size[1]), new() { Button = button, Delay = KeyMs });
    }

    /// <summary>What the desktop shows now, pixel by pixel, without the page around it.</summary>
    public async Task<Picture> LookAsync() => (await Picture.OfAsync(Screen))!;

    /// <summary>Waits until the picture is as told, and returns it.</summary>
    public async Task<Picture> LookUntilAsync(Func<Picture, bool> condition, string what, int seconds = 90)
    {
        Picture? seen = null;
        await Clock.UntilAsync(async () => await Picture.OfAsync(Screen, seen) is { } changed && condition(seen = changed), what, seconds, Clock.GuestMs / 2);
        return seen!;
    }

    /// <summary>Waits until the picture is as told, and a part of it stays as it is: what is drawn bit by bit has then found its place.</summary>
    public async Task AwaitStillAsync(Region part, Func<Picture, bool> condition, string what)
    {
        const int EnoughLooks = 3;
        var (before, alike) = (await LookAsync(), 0);
        await Clock.UntilAsync(async () =>
        {
            var now = await LookAsync();
            alike = condition(now) && now.ChangeFrom(before, part) == 0 ? alike + 1 : 0;
            before = now;
            return alike == EnoughLooks;
        }, what, everyMs: Clock.GuestMs);
    }

    /// <summary>Logs off and waits for the portal.</summary>
    public async Task LogOffAsync()
    {
        await UseToolAsync("logoff");
        await page.GetByTestId("confirm-yes").ClickAsync();
        await Expect(page.GetByTestId("portal-notice")).ToBeVisibleAsync(new() { Timeout = LogOffMs });
    }
}
