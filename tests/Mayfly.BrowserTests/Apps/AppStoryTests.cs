namespace Mayfly.BrowserTests.Apps;

/// <summary>Applications and a disk of one's own on real XFCE desktops, from a .deb to the next logon on another machine.</summary>
public sealed class AppStoryTests(TestHouse house) : Journey(house), IDisposable
{
    // A terminal opens in the middle of an empty desktop of 1280 by 800.
    private static readonly Region Middle = new(440, 300, 400, 200);
    private readonly string _directory = Directory.CreateTempSubdirectory("mayfly-apps-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Assigned_ToAGroup_IsThereForItsUsersAndFollowsTheMarker()
    {
        var pool = await AddPoolAsync("xfce", spare: 2);
        var (hello, staff) = ($"hello-{pool}", $"staff-{pool}");
        await Api.PostAsync<AppView>("apps", new CreateAppRequest(hello));
        await CaptureAsync(hello, "1.0");
        await Api.PutAsync<AppView>($"apps/{hello}/current", new SetCurrentRequest("1.0"));
        var (ann, bob) = (await WelcomeAsync("ann", pool), await WelcomeAsync("bob", pool));
        await Api.PostAsync<GroupView>("groups", new AddGroupRequest(staff));
        await Api.PutAsync($"groups/{staff}/members/{ann.Name}");
        await Api.PostAsync<AppAssignmentView>($"apps/{hello}/assignments", new AssignAppRequest(Group: staff));

        await ann.OpenAsync(pool);
        await bob.OpenAsync(pool);

        var (hers, his) = ((await MachineOfAsync(ann)).Name, (await MachineOfAsync(bob)).Name);
        (await Api.RunAsync(hers, hello)).ShouldBe($"{hello} 1.0");
        (await Api.RunAsync(hers, $"ls -L /run/mayfly/share/applications/{hello}.desktop")).ShouldNotBeEmpty();
        (await Api.RunAsync(his, $"command -v {hello}; ls /run/mayfly/share/applications")).ShouldNotContain(hello);
        await ann.SnapAsync("app-attached");

        await CaptureAsync(hello, "2.0", basedOn: "1.0");
        await Api.PutAsync<AppView>($"apps/{hello}/current", new SetCurrentRequest("2.0"));
        (await Api.RunAsync(hers, hello)).ShouldBe($"{hello} 1.0", "a session in progress keeps what it has");
        await ann.Desktop.LogOffAsync();
        await ann.OpenAsync(pool);
        var next = (await MachineOfAsync(ann)).Name;
        next.ShouldNotBe(hers);
        (await Api.RunAsync(next, hello)).ShouldBe($"{hello} 2.0");
    }

    [Fact]
    public async Task WrittenToOnesOwnDisk_IsThereOnTheNextMachineAndNobodyElses()
    {
        var pool = await AddPoolAsync("xfce", spare: 2, settings => settings with { Volume = VolumeKind.AppsAndProfile, VolumeMib = 512 });
        var (ann, bob) = (await WelcomeAsync("ann", pool), await WelcomeAsync("bob", pool));
        await ann.OpenAsync(pool);
        await bob.OpenAsync(pool);
        var (hers, his) = ((await MachineOfAsync(ann)).Name, (await MachineOfAsync(bob)).Name);
        await Api.RunAsync(hers, "printf '#!/bin/sh\\necho mine\\n' >/usr/local/bin/mine && chmod +x /usr/local/bin/mine && su user -c 'echo dear diary >~/diary'");
        await Api.RunAsync(his, "su user -c 'echo nothing today >~/diary'");

        await ann.Desktop.LogOffAsync();
        await ann.OpenAsync(pool);

        var next = (await MachineOfAsync(ann)).Name;
        next.ShouldNotBe(hers);
        (await Api.RunAsync(next, "mine; cat /home/user/diary")).ShouldBe("mine\ndear diary");
        (await Api.RunAsync(his, "command -v mine; cat /home/user/diary")).ShouldBe("nothing today");
        var volumes = (await Api.GetAsync<Page<VolumeView>>("volumes")).Items;
        volumes.Where(volume => volume.User == ann.Name || volume.User == bob.Name).Select(volume => volume.Machine).ShouldBe([next, his], ignoreOrder: true);
    }

    [Fact]
    public async Task Captured_ByHandOnItsDesktop_IsThereAtTheNextLogon()
    {
        var pool = await AddPoolAsync("xfce");
        var (app, admin) = ($"handmade-{pool}", await InviteAsync("admin", administrator: true));
        await admin.LogInAsync();
        await Api.PostAsync<AppView>("apps", new CreateAppRequest(app));
        var capture = await Api.PostAsync<CaptureView>("captures", new BeginCaptureRequest(app, "1.0", "xfce") { SizeMib = 512 });

        await admin.Page.GotoAsync(new Uri(House.Address, $"/captures/{capture.Id}").ToString());
        await admin.Page.GetByTestId("capture-desktop").ClickAsync(new() { Timeout = 120_000 });
        await admin.Desktop.AwaitShownAsync();
        await admin.Desktop.LookUntilAsync(seen => seen.ShareOfTerminal(Middle) > 0.8, "the terminal of root");
        await admin.SnapAsync("capture-desktop");
        await admin.Desktop.ClickAsync(640, 400);
        await admin.Desktop.TypeRemarkAsync();
        foreach (var line in (string[])[$"id -un >/usr/share/{app}", $"echo cat /usr/share/{app} >/usr/bin/{app}", $"chmod +x /usr/bin/{app}", "exit"])
            await admin.Desktop.TypeAsync(line);
        await admin.Desktop.LookUntilAsync(seen => seen.ShareOfTerminal(Middle) < 0.2, "the terminal closed");
        await admin.Page.GoBackAsync();
        await admin.Page.GetByTestId("capture-finish").ClickAsync();
        await Expect(admin.Page.GetByTestId("capture-steps")).ToHaveAttributeAsync("data-state", "Done", new() { Timeout = 300_000 });
        await admin.SnapAsync("capture-done");

        var ann = await WelcomeAsync("ann", pool);
        await Api.PostAsync<AppAssignmentView>($"apps/{app}/assignments", new AssignAppRequest(User: ann.Name, Version: "1.0"));
        await ann.OpenAsync(pool);
        (await Api.RunAsync((await MachineOfAsync(ann)).Name, $"{app} 2>&1")).ShouldBe("root");
    }

    [Fact]
    public async Task OnDemand_StartedFromTheMenuOfTheDesktop_IsAttachedThen()
    {
        var pool = await AddPoolAsync("xfce");
        var hello = $"hello-{pool}";
        await Api.PostAsync<AppView>("apps", new CreateAppRequest(hello));
        await CaptureAsync(hello, "1.0");
        var ann = await WelcomeAsync("ann", pool);
        await Api.PostAsync<AppAssignmentView>($"apps/{hello}/assignments", new AssignAppRequest("1.0", User: ann.Name, Delivery: PackageDelivery.Demand));
        await ann.OpenAsync(pool);
        var machine = (await MachineOfAsync(ann)).Name;
        (await Api.RunAsync(machine, $"command -v {hello} || echo not yet")).ShouldBe("not yet");

        await FindInMenuAsync(ann, machine, hello);
        await ann.SnapAsync("on-demand-menu");
        await ann.Page.Keyboard.PressAsync("Enter");

        await Clock.UntilAsync(async () => await Api.RunAsync(machine, $"{hello} 2>/dev/null || echo not yet") == $"{hello} 1.0", "the application was attached", everyMs: Clock.GuestMs);
        await ann.SnapAsync("on-demand-attached");
    }

    private async Task CaptureAsync(string app, string version, string? basedOn = null)
    {
        var capture = await Api.PostAsync<CaptureView>("captures", new BeginCaptureRequest(app, version, "xfce")
        {
            Base = basedOn,
            Files = [await HelloPackage.MakeAsync(_directory, app, version)],
            SizeMib = 512,
        });
        await Clock.UntilAsync(async () => (capture = await Api.GetAsync<CaptureView>($"captures/{capture.Id}")).EndedAt is not null, "the capture ended", seconds: 600);
        capture.Fault.ShouldBeNull();
        capture.State.ShouldBe(CaptureState.Done);
    }
}
