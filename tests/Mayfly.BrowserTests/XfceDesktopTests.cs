namespace Mayfly.BrowserTests;

public sealed class XfceDesktopTests(TestHouse house) : Journey(house)
{
    // The desktop's places at the 1280 by 800 that the recipe's panel is laid out for.
    private static readonly Region Wallpaper = new(120, 100, 1100, 640);
    private static readonly Region Panel = new(0, 765, 1280, 35);
    private static readonly Region HomeIcon = new(30, 15, 60, 80);
    private static readonly Region PanelClock = new(1150, 770, 125, 25);
    private static readonly Region NewWindow = new(340, 240, 560, 300);

    [Fact]
    public async Task Open_OnAWarmPool_ShowsWallpaperIconsAndPanel()
    {
        var (ann, desktop) = await OpenNewAsync();

        var picture = await desktop.LookAsync();

        await ann.SnapAsync("desktop");
        (picture.Width, picture.Height).ShouldBe((1280, 800));
        picture.CountColours(Wallpaper).ShouldBeGreaterThan(2000);
        picture.Average(new Region(150, 120, 60, 60)).ShouldSatisfyAllConditions(sky => sky.Blue.ShouldBeGreaterThan(sky.Red + 20), sky => sky.Brightness.ShouldBeLessThan(90));
        picture.Average(new Region(1180, 680, 60, 60)).ShouldSatisfyAllConditions(dusk => dusk.Red.ShouldBeGreaterThan(dusk.Blue + 50), dusk => dusk.Brightness.ShouldBeGreaterThan(150));
        picture.ShareOf(Panel, colour => colour.Brightness < 60).ShouldBeInRange(0.8, 0.99);
        picture.ShareOf(PanelClock, colour => colour.Brightness > 160).ShouldBeGreaterThan(0.02);
        picture.ShareOf(HomeIcon, colour => colour.Red > 180).ShouldBeGreaterThan(0.2);
    }

    [Fact]
    public async Task Mouse_RightClickOnTheDesktop_OpensItsMenuAndEscapeClosesIt()
    {
        var (ann, desktop) = await OpenNewAsync();
        var menu = new Region(650, 310, 120, 250);
        var before = await desktop.LookAsync();

        await ClickUntilAsync(
            desktop, (await MachineOfAsync(ann)).Name, () => desktop.ClickAsync(640, 300, MouseButton.Right), seen => seen.ChangeFrom(before, menu) > 0.7, "the menu");

        await ann.SnapAsync("menu");
        await ann.Page.Keyboard.PressAsync("Escape");
        await desktop.LookUntilAsync(seen => seen.ChangeFrom(before, menu) < 0.02, "the menu closed");
    }

    [Fact]
    public async Task Keyboard_TypedIntoATerminal_ReachesTheGuest()
    {
        var (ann, desktop) = await OpenNewAsync();
        var machine = (await MachineOfAsync(ann)).Name;

        await OpenTerminalAsync(desktop, machine);
        await desktop.TypeRemarkAsync();
        await desktop.TypeAsync("""(whoami; hostname; echo "Hello, Mayfly!") | tee ~/typed""");

        await Clock.UntilAsync(async () => await Api.RunAsync(machine, "cat /home/user/typed") == $"user\n{machine}\nHello, Mayfly!", "what the typed command wrote", everyMs: Clock.GuestMs);
        await ann.SnapAsync("typed");
    }

    /// <summary>Opens a terminal from the panel.</summary>
    private Task OpenTerminalAsync(DesktopPage desktop, string machine) => ClickUntilAsync(
        desktop, machine, () => desktop.ClickAsync(200, 782), seen => seen.ShareOfTerminal(NewWindow) > 0.8, "the terminal");

    [Fact]
    public async Task Clones_OfOneWarmImage_AreMachinesOfTheirOwn()
    {
        await AddPoolAsync("xfce", spare: 2);
        var machines = await Api.MachinesAsync();
        machines.Count.ShouldBe(2);

        foreach (var what in new[] { "hostname", "cat /etc/machine-id", "cat /proc/sys/kernel/random/boot_id", "cat /etc/ssh/ssh_host_ecdsa_key.pub", "cat /sys/class/net/e*/address" })
        {
            var (first, second) = (await Api.RunAsync(machines[0].Name, what), await Api.RunAsync(machines[1].Name, what));
            first.ShouldNotBeEmpty(what);
            second.ShouldNotBe(first, what);
        }
    }

    [Theory]
    [InlineData("echo id >/run/mayfly/environment")]
    [InlineData("ln -s /etc/shadow /run/mayfly/recording")]
    [InlineData("rm /run/mayfly/boot_id")]
    public async Task Account_OfTheDesktop_DoesNotSayWhatRootGoesBy(string attempt)
    {
        await AddPoolAsync("xfce", spare: 1);
        var machine = (await Api.MachinesAsync()).Single();

        (await Api.RunAsync(machine.Name, $"su user -c '{attempt}' 2>&1")).ShouldContain("Permission denied");
    }

    [Fact]
    public async Task LogOff_OfAnOpenDesktop_LeavesNothingOfIt()
    {
        var (ann, desktop) = await OpenNewAsync();
        var machine = await MachineOfAsync(ann);
        var directory = House.Leftovers.DirectoryOf(machine.ProcessId!.Value);

        await desktop.LogOffAsync();

        Leftovers.Runs(machine.ProcessId.Value).ShouldBeFalse();
        Directory.Exists(directory).ShouldBeFalse();
        (await Api.MachinesAsync()).ShouldNotContain(left => left.Id == machine.Id);
        await ann.SnapAsync("portal");
    }

    private async Task<(Visitor Visitor, DesktopPage Desktop)> OpenNewAsync()
    {
        var pool = await AddPoolAsync("xfce");
        var visitor = await WelcomeAsync("ann", pool);
        var desktop = await visitor.OpenAsync(pool);
        // The mouse comes to rest where it covers nothing that is looked at.
        await visitor.Page.Mouse.MoveAsync(900, 740);
        return (visitor, desktop);
    }
}
