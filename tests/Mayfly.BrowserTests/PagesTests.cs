using Mayfly.BrowserTests.Apps;

namespace Mayfly.BrowserTests;

public sealed class PagesTests(TestHouse house) : Journey(house), IDisposable
{
    private static readonly string[] PoolTabs = ["summary", "machines", "sessions", "entitlements", "pushes", "settings", "events"];
    private static readonly string[] PersonaTabs = ["predefined", "configs", "environments"];
    private static readonly string[] UserTabs = ["groups", "roles", "tokens"];
    private static readonly string[] AppTabs = ["packages", "assignments", "captures"];
    private static readonly string[] VolumeActions = ["Restore", "Grow", "Move to another user", "Remove"];

    // Set one by one: the page's security policy ignores colours in markup.
    private const string AddFaults = """
        const form = document.querySelector('[data-testid=login-form]');
        form.append(Object.assign(document.createElement('img'), { src: '/favicon.ico' }));
        for (const [text, color, background] of [['pale on light', '#ccc', '#fff'], ['dim on dark', '#444', '#000']]) {
          const line = form.appendChild(document.createElement('p'));
          line.textContent = text;
          Object.assign(line.style, { color, background });
        }
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("mayfly-pages-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task EveryPage_InLightAndDark_HasNoAccessibilityViolations()
    {
        var pool = await AddPoolAsync("micro", spare: 2);
        var app = await AddAppAsync(pool);
        var check = new AccessibilityCheck();

        var ann = await LookAsAUserAsync(check, pool);
        await AddVolumeAsync(ann);
        await LookAsAnAdministratorAsync(check, pool, app, ann);

        check.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Check_OfAPageWithFaults_NamesEachInBothThemes()
    {
        var check = new AccessibilityCheck();
        var ann = await InviteAsync("ann");
        await ann.Login.GotoAsync();
        await Expect(ann.Login.Form).ToBeVisibleAsync();
        await ann.Page.EvaluateAsync(AddFaults);

        await check.LookAsync(ann.Page, "faulty");

        check.Violations.ShouldContain(found => found.StartsWith("faulty (light): image-alt") && found.Contains("<img"));
        check.Violations.ShouldContain(found => found.StartsWith("faulty (light): color-contrast") && found.Contains("pale on light"));
        check.Violations.ShouldContain(found => found.StartsWith("faulty (dark): color-contrast") && found.Contains("dim on dark"));
    }

    /// <summary>What somebody sees who only uses desktops; leaves a session open.</summary>
    private async Task<Visitor> LookAsAUserAsync(AccessibilityCheck check, string pool)
    {
        var ann = await InviteAsync("ann", false, pool);
        await ann.Login.GotoAsync();
        await Expect(ann.Login.Form).ToBeVisibleAsync();
        await check.LookAsync(ann.Page, "sign-in");
        await ann.LogInAsync();
        await check.VisitAsync(ann.Page, "profile", "/profile");
        await ann.Page.GetByTestId("factor-begin").ClickAsync();
        await Expect(ann.Page.GetByTestId("factor-qr")).ToBeVisibleAsync();
        await check.LookAsync(ann.Page, "profile-second-factor");
        await ann.Page.GotoAsync("/open/no-such-pool");
        await Expect(ann.Page.GetByTestId("open-failed")).ToBeVisibleAsync();
        await check.LookAsync(ann.Page, "refused");
        await ann.Portal.GotoAsync();
        await ann.OpenAsync(pool);
        await check.LookAsync(ann.Page, "viewer");
        await ann.Desktop.UseToolAsync("apps");
        await check.LookAsync(ann.Page, "viewer-apps");
        await check.VisitAsync(ann.Page, "cards", "/desktops");
        return ann;
    }

    /// <summary>All that administrators see, looked at by two of them at a time: there is much of it.</summary>
    private async Task LookAsAnAdministratorAsync(AccessibilityCheck check, string pool, string app, Visitor ann)
    {
        var (one, other) = ((await WelcomeAsync("root", Role.Administrator)).Page, (await WelcomeAsync("other", Role.Administrator)).Page);
        await Task.WhenAll(LookAtPagesAsync(check, one, pool, ann), LookAtDialogsAsync(check, other, pool, app, ann));
        check.Paths.ShouldContain("/dashboard", "the sidebar names the pages");
    }

    private async Task LookAtPagesAsync(AccessibilityCheck check, IPage page, string pool, Visitor ann)
    {
        foreach (var path in await page.Locator("nav a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))"))
            await check.VisitAsync(page, path[1..], path);
        foreach (var tab in PoolTabs) await check.VisitAsync(page, $"pool-{tab}", $"/pools/{pool}?tab={tab}");
        foreach (var tab in UserTabs) await check.VisitAsync(page, $"users-{tab}", $"/users?tab={tab}");
        foreach (var tab in PersonaTabs) await check.VisitAsync(page, $"personas-{tab}", $"/personas?tab={tab}");
        await check.VisitAsync(page, "settings-directories", "/settings?tab=directories");
        await check.VisitAsync(page, "sessions-ended", "/sessions?show=ended");
        await check.VisitAsync(page, "person", $"/helpdesk/{ann.Name}");
        await page.GotoAsync($"/machines/{(await MachineOfAsync(ann)).Name}/console");
        await new DesktopPage(page).AwaitShownAsync();
        await check.LookAsync(page, "console");
    }

    private async Task LookAtDialogsAsync(AccessibilityCheck check, IPage page, string pool, string app, Visitor ann)
    {
        await LookAtDialogAsync(check, page, "/pools", "pool-create", "pool-wizard");
        await LookAtDialogAsync(check, page, "/images", "image-make", "image-wizard");
        await LookAtDialogAsync(check, page, "/users", "user-add", "user-dialog");
        await LookAtDialogAsync(check, page, $"/pools/{pool}", "pool-push", "push-dialog");
        await LookAtDialogAsync(check, page, $"/pools/{pool}", "pool-settings", "pool-edit");
        await LookAtDialogAsync(check, page, "/sessions", $"session-attached-{(await MachineOfAsync(ann)).Name}", "session-attached");
        await LookAtAppsAsync(check, page, app);
        await LookAtDialogAsync(check, page, "/personas?tab=environments", "environment-add", "environment");
        await LookAtVolumesAsync(check, page, ann);
    }

    private static async Task LookAtDialogAsync(AccessibilityCheck check, IPage page, string path, string button, string name)
    {
        await page.GotoAsync(path);
        await page.GetByTestId(button).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await check.LookAsync(page, name);
    }

    private static async Task LookAtAppsAsync(AccessibilityCheck check, IPage page, string app)
    {
        foreach (var tab in AppTabs) await check.VisitAsync(page, $"app-{tab}", $"/apps/{app}?tab={tab}");
        await LookAtDialogAsync(check, page, "/apps", "app-add", "app-new");
        await LookAtDialogAsync(check, page, $"/apps/{app}", "app-edit", "app-edit");
        await LookAtDialogAsync(check, page, $"/apps/{app}", "app-assign", "app-assign");
        await LookAtDialogAsync(check, page, $"/apps/{app}", "package-rights-1.0", "package-rights");
        await LookAtDialogAsync(check, page, $"/apps/{app}", "package-add", "package-wizard");
        await page.GetByTestId("package-version").FillAsync("2.0");
        await page.GetByTestId("way-import").CheckAsync();
        await NextAsync(page, "package-wizard-what");
        await page.GetByTestId("package-path").FillAsync("/srv/files/some.tar");
        await check.LookAsync(page, "package-wizard-file");
        await NextAsync(page, "package-wizard-rights");
        await check.LookAsync(page, "package-wizard-rights");
        await NextAsync(page, "package-wizard-review");
        await check.LookAsync(page, "package-wizard-review");
    }

    private static async Task LookAtVolumesAsync(AccessibilityCheck check, IPage page, Visitor ann)
    {
        await LookAtDialogAsync(check, page, "/volumes", "volume-import", "volume-import");
        foreach (var action in VolumeActions)
        {
            await page.GotoAsync("/volumes");
            await new AdminPages(page).ActAsync(page.GetByTestId($"volume-{ann.Name}"), action);
            await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await check.LookAsync(page, $"volume-{action.Split(' ')[0].ToLowerInvariant()}");
        }
    }

    private static async Task NextAsync(IPage page, string step)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Next", Exact = true }).ClickAsync();
        await Expect(page.GetByTestId(step)).ToBeVisibleAsync();
    }

    /// <summary>An application whose package was imported, on demand for who opens a desktop of a pool.</summary>
    private async Task<string> AddAppAsync(string pool)
    {
        var app = $"tool-{pool}";
        await Api.PostAsync<AppView>("apps", new CreateAppRequest(app, "A tool"));
        await Api.FinishAsync($"apps/{app}/packages", new ImportPackageRequest("1.0", await ToolArchive.MakeAsync(_directory), AllowPrivileged: true));
        await Api.PutAsync<AppView>($"apps/{app}/current", new SetCurrentRequest("1.0"));
        await Api.PostAsync<AppAssignmentView>($"apps/{app}/assignments", new AssignAppRequest(Pool: pool, Delivery: PackageDelivery.Demand));
        return app;
    }

    /// <summary>A volume for an operating system that no image has, so that it stays with no machine.</summary>
    private async Task AddVolumeAsync(Visitor owner)
    {
        var file = await EmptyVolume.MakeAsync(_directory);
        var volume = (await Api.PostAsync<VolumeDetails>("volumes", new ImportVolumeRequest(owner.Name, "some-other-1", VolumeKind.Profile, file))).Volume;
        await Api.PostAsync<VolumeDetails>($"volumes/{volume.Id}/snapshot", new object());
    }
}
