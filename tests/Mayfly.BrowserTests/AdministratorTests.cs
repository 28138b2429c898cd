namespace Mayfly.BrowserTests;

public sealed class AdministratorTests(TestHouse house) : Journey(house)
{
    private const int PublishMs = 120_000;

    [Fact]
    public async Task Dashboard_OnAHostWithoutKvm_SaysThatNothingIsolatesMachines()
    {
        await AddPoolAsync("micro");
        var host = await Api.GetAsync<DoctorReport>("doctor");
        var (admin, pages) = await AdministerAsync();

        await pages.GotoAsync("dashboard");

        await Expect(admin.Page.GetByTestId("dashboard-doctor")).ToContainTextAsync(host.Accelerator);
        await Expect(pages.IsolationBanner).ToHaveCountAsync(host.Isolated ? 0 : 1);
        if (!host.Isolated) await Expect(pages.IsolationBanner).ToContainTextAsync("nothing isolates them");
        await admin.SnapAsync("dashboard");
    }

    [Fact]
    public async Task UserAndPool_MadeInTheConsole_GiveADesktopToLogInTo()
    {
        await House.PublishAsync("micro");
        var (admin, pages) = await AdministerAsync();
        await pages.GotoAsync("users");
        await pages.AddUserAsync("carol", "carols-password");
        await Expect(pages.Row("user", "carol")).ToBeVisibleAsync();
        await admin.SnapAsync("user");
        await pages.GotoAsync("pools");
        await pages.CreatePoolAsync("training", "Training room", "micro");
        await pages.EntitleAsync("training", "carol");
        await admin.SnapAsync("entitled");

        var carol = await EnterAsync("carol", "carols-password");
        await carol.LogInAsync();
        await Expect(carol.Portal.Card("training")).ToContainTextAsync("Training room");
        await carol.OpenAsync("training");
    }

    [Fact]
    public async Task Machines_SeenAndDeletedInTheConsole_AreReplaced()
    {
        var pool = await AddPoolAsync("micro");
        var first = (await Api.MachinesAsync()).Single();
        var (admin, pages) = await AdministerAsync();
        await pages.GotoAsync("machines");
        await Expect(pages.Row("machine-state", first.Name)).ToHaveTextAsync("Available");
        await admin.SnapAsync("machines");

        await pages.ActAsync(pages.Row("machine", first.Name), "Delete");
        await pages.ConfirmAsync();

        await Expect(admin.Page.GetByTestId("confirm")).ToHaveCountAsync(0);
        Leftovers.Runs(first.ProcessId!.Value).ShouldBeFalse();
        await AwaitSpareAsync(pool, 1);
        var second = (await Api.MachinesAsync()).Single();
        second.Id.ShouldNotBe(first.Id);
        await Expect(pages.Row("machine-state", second.Name)).ToHaveTextAsync("Available");
    }

    [Fact]
    public async Task Console_OfAMachine_ShowsItsScreenAndOffersNoLogOff()
    {
        await AddPoolAsync("micro");
        var machine = (await Api.MachinesAsync()).Single().Name;
        var (admin, pages) = await AdministerAsync();
        await pages.GotoAsync("machines");

        await admin.Page.GetByTestId($"machine-console-{machine}").ClickAsync();

        await admin.Desktop.AwaitShownAsync();
        await Expect(admin.Desktop.Tool("logoff")).ToHaveCountAsync(0);
        (await Api.EventsAsync()).ShouldContain(seen => seen.Kind == "display.opened" && seen.Actor == admin.Name && seen.Machine == machine);
    }

    [Fact]
    public async Task Publish_FromTheImagesPage_ShowsItsProgressToTheEnd()
    {
        await House.PublishAsync("micro");
        var version = (await Api.GetAsync<List<ImageView>>("images")).Single(image => image.Name == "micro").Versions.First(made => made.Warm is not null).Version;
        var (admin, pages) = await AdministerAsync();
        await pages.GotoAsync("images");
        var row = pages.Row("image-micro", version);
        await pages.ActAsync(row, "Unpublish");
        await pages.ConfirmAsync();
        await Expect(row).ToContainTextAsync("not published");

        await pages.ActAsync(row, "Publish");

        await Expect(pages.Jobs("running").First).ToContainTextAsync("Booting");
        await admin.SnapAsync("progress");
        await Expect(pages.Jobs("running")).ToHaveCountAsync(0, new() { Timeout = PublishMs });
        await Expect(pages.Jobs("failed")).ToHaveCountAsync(0);
        await Expect(row).ToContainTextAsync("booted in");
        await admin.SnapAsync("published");
    }

    private async Task<(Visitor Admin, AdminPages Pages)> AdministerAsync()
    {
        var admin = await InviteAsync("root", administrator: true);
        await admin.LogInAsync();
        return (admin, new AdminPages(admin.Page));
    }
}
