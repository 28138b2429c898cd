namespace Mayfly.BrowserTests;

/// <summary>The real remote-viewer, started with a file from mayflyd.</summary>
public sealed class RemoteViewerTests(TestHouse house) : Journey(house)
{
    // A text console of 720 by 400 pixels; blue is the fourth colour of its palette.
    private const int FewestPixels = 200_000;
    private static readonly Colour Blue = new(0, 0, 0xa8);

    [Fact]
    public async Task Viewer_WithAFile_ShowsTheDesktopUntilLogOff_AndNotTwice()
    {
        var pool = await AddPoolAsync("micro");
        var ann = await WelcomeAsync("ann", pool);
        var session = await ann.Fetch.PostAsync<SessionView>($"desktops/{pool}/open");
        await Api.RunAsync(session.Machine, @"printf '\033[44m\033[2J\033[3J' >/dev/tty1");
        var file = await ann.Fetch.DownloadAsync($"sessions/{session.Id}/viewer");
        await using var screen = await VirtualScreen.StartAsync();

        await using (var viewer = await StartAsync(screen, file))
        {
            await Clock.UntilAsync(async () => await screen.CountAsync(Blue) > FewestPixels, "the desktop in the viewer", 60);
            (await MachineOfAsync(ann)).State.ShouldBe(MachineState.Connected);

            await using (var again = await StartAsync(screen, file))
                await Clock.UntilAsync(() => Task.FromResult(again.HasSaid("The display ticket is not good.")), "the refusal of a used file", 60);

            await Api.DeleteAsync($"sessions/{session.Id}");
            await Clock.UntilAsync(async () => await screen.CountAsync(Blue) < FewestPixels, "the viewer without the desktop", 60);
        }
    }

    /// <summary>Starts a viewer on a copy of a file, which it deletes as the file tells it to.</summary>
    private static async Task<ViewerProgram> StartAsync(VirtualScreen screen, string file)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".vv");
        await File.WriteAllTextAsync(path, file);
        return new ViewerProgram(screen, path);
    }
}
