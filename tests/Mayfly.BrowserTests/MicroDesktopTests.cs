
namespace Mayfly.BrowserTests;

public sealed class MicroDesktopTests(TestHouse house) : Journey(house)
{
    [Fact]
    public async Task LogIn_WithAWrongPassword_SaysSoOnceAndClearly()
    {
        var ann = await InviteAsync("ann");
        await ann.Login.GotoAsync();

        await ann.Login.SubmitAsync(ann.Name, "not-the-password");

        await Expect(ann.Login.Problem).ToHaveCountAsync(1);
        await Expect(ann.Login.Problem).ToContainTextAsync("Unauthenticated");
        await ann.SnapAsync("refused");
        await ann.Login.SubmitAsync(ann.Name, ann.Password);
        await Expect(ann.Page.GetByTestId("no-desktops")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Open_OnAWarmPool_ShowsTheGuestsTextConsole()
    {
        var pool = await AddPoolAsync("micro");
        var ann = await WelcomeAsync("ann", pool);
        await Expect(ann.Portal.Cards).ToHaveCountAsync(1);
        await ann.SnapAsync("portal");

        var desktop = await ann.OpenAsync(pool);

        var picture = await desktop.LookUntilAsync(HasText, "text on the console");
        picture.ShareOf(picture.Whole, colour => colour.Brightness < 20).ShouldBeGreaterThan(0.8);
        await ann.SnapAsync("console");
    }

    [Fact]
    public async Task LogIn_WithOneDesktop_OpensItAndGoingBackShowsTheCards()
    {
        var pool = await AddPoolAsync("micro");
        var ann = await InviteAsync("ann", false, pool);
        await ann.Page.GotoAsync("/");

        await ann.Login.SubmitAsync(ann.Name, ann.Password);

        await ann.Desktop.AwaitShownAsync();
        await ann.Desktop.UseToolAsync("disconnect");
        await Expect(ann.Portal.State(pool)).ToContainTextAsync("running");
    }

    [Fact]
    public async Task Keyboard_TypedIntoTheScreen_ReachesTheGuest()
    {
        var (ann, desktop) = await OpenNewAsync();
        var machine = (await MachineOfAsync(ann)).Name;

        await desktop.TypeAsync("""hostname >/data/typed; echo 'Aa Zz_09 "{|}~' >>/data/typed""");

        await AwaitFileAsync(machine, "/data/typed", $$"""{{machine}}{{"\n"}}Aa Zz_09 "{|}~""");
        await ann.SnapAsync("typed");
    }

    [Fact]
    public async Task Toolbar_CtrlAltDelAndActualSize_LeaveTheDesktopUsable()
    {
        var (ann, desktop) = await OpenNewAsync();
        var machine = (await MachineOfAsync(ann)).Name;
        await Api.RunAsync(machine, "sed -i 's/^::ctrlaltdel:.*/::ctrlaltdel:\\/usr\\/bin\\/touch \\/data\\/cad/' /etc/inittab; kill -HUP 1");

        await desktop.UseToolAsync("cad");
        await AwaitFileAsync(machine, "/data/cad", "");
        await desktop.UseToolAsync("scale");
        await ann.SnapAsync("actual-size");
        (await desktop.Screen.BoundingBoxAsync())!.Width.ShouldBe((await desktop.LookAsync()).Width);
        await desktop.UseToolAsync("scale");

        await desktop.TypeAsync("echo on >/data/typed");
        await AwaitFileAsync(machine, "/data/typed", "on");
    }

    [Fact]
    public async Task Disconnect_ThenReconnect_ShowsTheSameMachine()
    {
        var (ann, desktop) = await OpenNewAsync();
        var machine = await MachineOfAsync(ann);
        await desktop.TypeAsync("echo kept >/data/typed");

        await desktop.UseToolAsync("disconnect");
        await Expect(ann.Portal.State(machine.Pool)).ToContainTextAsync("running");
        await ann.SnapAsync("portal");
        (await Api.GetAsync<MachineView>($"machines/{machine.Name}")).State.ShouldBe(MachineState.Disconnected);
        await ann.OpenAsync(machine.Pool);

        (await MachineOfAsync(ann)).Id.ShouldBe(machine.Id);
        await AwaitFileAsync(machine.Name, "/data/typed", "kept");
    }

    [Fact]
    public async Task LogOff_OfAnOpenDesktop_LeavesNothingOfItAndTheNextIsNew()
    {
        var (ann, desktop) = await OpenNewAsync();
        var machine = await MachineOfAsync(ann);
        var directory = House.Leftovers.DirectoryOf(machine.ProcessId!.Value);

        await desktop.LogOffAsync();

        Leftovers.Runs(machine.ProcessId.Value).ShouldBeFalse();
        Directory.Exists(directory).ShouldBeFalse();
        await ann.SnapAsync("portal");
        await AwaitSpareAsync(machine.Pool, 1);
        await ann.OpenAsync(machine.Pool);
        var next = await MachineOfAsync(ann);
        next.Id.ShouldNotBe(machine.Id);
        (await Api.RunAsync(next.Name, "hostname")).ShouldBe(next.Name);
        next.Name.ShouldNotBe(machine.Name);
    }

    private static bool HasText(Picture picture) => picture.ShareOf(picture.Whole, colour => colour.Brightness > 100) > 0.001;

    private async Task<(Visitor Visitor, DesktopPage Desktop)> OpenNewAsync()
    {
        var pool = await AddPoolAsync("micro");
        var visitor = await WelcomeAsync("ann", pool);
        var desktop = await visitor.OpenAsync(pool);
        await desktop.LookUntilAsync(HasText, "text on the console");
        return (visitor, desktop);
    }

    private Task AwaitFileAsync(string machine, string path, string content) =>
        Clock.UntilAsync(async () => await Api.RunAsync(machine, $"test -e {path} && cat {path} || echo missing") == content, $"'{content}' in {path}", everyMs: Clock.GuestMs);
}
