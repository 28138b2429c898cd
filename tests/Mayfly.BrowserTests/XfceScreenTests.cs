using Mayfly.BrowserTests.Sounds;

namespace Mayfly.BrowserTests;

/// <summary>What the real desktop does with its screen and its speaker.</summary>
public sealed class XfceScreenTests(TestHouse house) : Journey(house)
{
    private const string Size = "DISPLAY=:0 xrandr | sed -n 's/.*current \\([0-9]*\\) x \\([0-9]*\\),.*/\\1x\\2/p'";

    [Fact]
    public async Task SetScreen_OfARunningDesktop_ChangesItsResolution()
    {
        var (ann, session, desktop) = await OpenNewAsync();
        foreach (var (width, height) in ((int, int)[])[(1600, 900), (1920, 1080), (2560, 1440), (1000, 700)])
        {
            await ann.Fetch.PutAsync($"sessions/{session.Id}/screen", new SetScreenSizeRequest(width + 3, height));

            (await Api.RunAsync(session.Machine, Size)).ShouldBe($"{width}x{height}");
            var picture = await desktop.LookUntilAsync(seen => (seen.Width, seen.Height) == (width, height), $"{width} by {height} pixels");
            // The panel lies along the new lower edge, and nowhere else.
            var panel = new Region(0, height - 30, width, 25);
            await desktop.LookUntilAsync(seen => seen.Height == height && seen.ShareOf(panel, colour => colour.Brightness < 60) > 0.7, "the panel at the lower edge");
            picture.Width.ShouldBe(width);
        }

        await ann.SnapAsync("resized");
    }

    [Fact]
    public async Task SetScreen_LargerThanVideoMemory_IsRefusedAndTheDesktopStays()
    {
        var (ann, session, desktop) = await OpenNewAsync();

        var refused = await Should.ThrowAsync<InvalidOperationException>(() => ann.Fetch.PutAsync($"sessions/{session.Id}/screen", new SetScreenSizeRequest(4096, 2304)));

        refused.Message.ShouldContain("AgentRefused");
        (await Api.RunAsync(session.Machine, Size)).ShouldBe("1280x800");
        (await desktop.LookAsync()).Width.ShouldBe(1280);
    }

    [Fact]
    public async Task Sound_OfATonePlayedInTheGuest_IsHeard()
    {
        var (ann, session, _) = await OpenNewAsync();
        await using var listener = await Listener.OpenAsync(ann.Fetch, session);

        // As the desktop's programs play: through the user's sound server, which starts for it.
        await Api.RunAsync(
            session.Machine,
            """
            i=0; while [ $i -lt 40000 ]; do printf '\000\100\000\100\000\100\000\100\000\300\000\300\000\300\000\300'; i=$((i + 1)); done >/tmp/tone
            setpriv --reuid=user --regid=user --init-groups env XDG_RUNTIME_DIR=/run/user/1000 HOME=/home/user \
                paplay --raw --rate=48000 --channels=2 --format=s16le /tmp/tone
            """);

        var heard = await listener.HearAsync(pairs: 24_000);
        heard.Format.ShouldBe((48_000, 2, 16));
        heard.Loudest.ShouldBeInRange(8_000, 17_000);
    }

    private async Task<(Visitor Visitor, SessionView Session, DesktopPage Desktop)> OpenNewAsync()
    {
        var pool = await AddPoolAsync("xfce");
        var visitor = await WelcomeAsync("ann", pool);
        var desktop = await visitor.OpenAsync(pool);
        await visitor.Page.Mouse.MoveAsync(900, 740);
        return (visitor, await visitor.Fetch.PostAsync<SessionView>($"desktops/{pool}/open"), desktop);
    }
}
