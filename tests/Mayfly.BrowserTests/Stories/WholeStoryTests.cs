using Mayfly.BrowserTests.Apps;

namespace Mayfly.BrowserTests.Stories;

/// <summary>What all of Mayfly is for, in one: desktops that are thrown away, and that feel like one's own.</summary>
public sealed class WholeStoryTests(TestHouse house) : IDisposable
{
    private const string Pool = "office";
    private const string Password = "correct-horse-battery";
    private const string Blue = "/usr/share/backgrounds/xfce/xfce-blue.jpg";

    // Of the picture between icons and panel, at 1280 by 800.
    private static readonly Region Wallpaper = new(120, 100, 1100, 560);
    private static readonly Region Panel = new(0, 765, 1280, 35);

    // Where the image has its launchers, which hers does not.
    private static readonly Region Launchers = new(115, 768, 100, 28);

    private readonly string _directory = Directory.CreateTempSubdirectory("mayfly-story-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Alice_OverThreeMachinesAPushAndAKill_HasAllThatIsHersAndBobNoneOfIt()
    {
        await using var mortal = await MortalHouse.StartAsync(house);
        await FurnishAsync(mortal);
        var (alice, bob) = (await WelcomeAsync(mortal, "alice"), await WelcomeAsync(mortal, "bob"));

        // 1. Alice makes a desktop hers; Bob has one at the same time.
        var desktop = await alice.OpenAsync(Pool);
        var asItWas = await desktop.LookUntilAsync(seen => seen.CountColours(Wallpaper) > 2000, "the wallpaper of the image");
        var first = await MachineOfAsync(mortal, alice);
        await AsUserAsync(mortal, first,
            $"xfconf-query -c xfce4-desktop -l | grep last-image | while read -r p; do xfconf-query -c xfce4-desktop -p $p -s {Blue}; done; "
            + "xfconf-query -c xfce4-panel -p /panels/panel-1/plugin-ids -n -a -t int -s 1 -t int -s 6 -t int -s 8; mkdir -p ~/Documents; echo dear Bob >~/Documents/letter");
        await mortal.Api.RunAsync(first.Name, "printf '#!/bin/sh\\necho mine\\n' >/usr/local/bin/mine && chmod +x /usr/local/bin/mine");
        var hers = await desktop.LookUntilAsync(seen => seen.ChangeFrom(asItWas, Wallpaper) > 0.8, "her wallpaper");
        await alice.SnapAsync("story-hers");
        await bob.OpenAsync(Pool);
        var his = await MachineOfAsync(mortal, bob);
        (await OwnAsync(mortal, his)).ShouldNotContain("dear Bob");

        // 2. Her machine is gone with her log-off, and the next one has all of it.
        await alice.Desktop.LogOffAsync();
        (await mortal.Api.MachinesAsync()).ShouldNotContain(machine => machine.Id == first.Id);
        desktop = await alice.OpenAsync(Pool);
        var second = await MachineOfAsync(mortal, alice);
        (await IdentityAsync(mortal, second)).ShouldNotBe(await IdentityAsync(mortal, his));
        second.Id.ShouldNotBe(first.Id);
        (await OwnAsync(mortal, second)).ShouldBe(All("dear Bob"));
        await desktop.LookUntilAsync(seen => seen.ChangeFrom(hers, Wallpaper) < 0.1, "her wallpaper again");
        await alice.SnapAsync("story-again");

        // 3. An image is pushed while she works: she keeps what she has.
        await mortal.Api.PostAsync<PushView>($"pools/{Pool}/push", new PushImageRequest { Version = mortal.Versions.Second });
        await AsUserAsync(mortal, second, "echo dear Carol >~/Documents/letter");
        await Clock.UntilAsync(async () => (await mortal.Api.MachinesAsync()).Any(machine => machine is { State: MachineState.Available } && machine.Version == mortal.Versions.Second), "machines of the new version", seconds: 240);
        (await MachineOfAsync(mortal, alice)).ShouldSatisfyAllConditions(machine => machine.Id.ShouldBe(second.Id), machine => machine.Version.ShouldBe(mortal.Versions.First));

        // 4. mayflyd is killed while it saves what is hers.
        await BeginLogOffAsync(alice);
        await mortal.KillWhileSavingAsync();
        await Clock.UntilAsync(async () => (await mortal.Api.MachinesAsync()).All(machine => machine.Id != second.Id), "her second machine is gone", seconds: 180);

        // 5. Her next desktop is of the new version, with all of hers; his has still none of it.
        await alice.Portal.GotoAsync();
        desktop = await alice.OpenAsync(Pool);
        var third = await MachineOfAsync(mortal, alice);
        third.Version.ShouldBe(mortal.Versions.Second);
        (await OwnAsync(mortal, third)).ShouldBe(All("dear Carol"));
        await desktop.LookUntilAsync(seen => seen.ChangeFrom(hers, Wallpaper) < 0.1 && IsHerPanel(seen), "her wallpaper and panel on the new version", seconds: 120);
        await alice.SnapAsync("story-new-version");
        (await OwnAsync(mortal, his)).ShouldNotContain("dear");
        foreach (var visitor in new[] { alice, bob }) await visitor.LeaveAsync();
    }

    private static bool IsHerPanel(Picture seen) => seen.ShowsPanel && seen.ShareOf(Panel, IsDark) > 0.8 && seen.ShareOf(Launchers, IsDark) > 0.99;

    private static bool IsDark(Colour colour) => colour.Brightness < 60;

    /// <summary>A pool that keeps what is its users', and an application for Alice.</summary>
    private async Task FurnishAsync(MortalHouse mortal)
    {
        await mortal.Api.PostAsync<PoolView>("pools", new CreatePoolRequest
        {
            Name = Pool,
            Image = "xfce",
            Version = mortal.Versions.First,
            Spare = 2,
            Maximum = 5,
            Persona = true,
            Volume = VolumeKind.Apps,
            VolumeMib = 256,
        });
        await mortal.Api.PostAsync<AppView>("apps", new CreateAppRequest("tool", "A tool"));
        await mortal.Api.FinishAsync("apps/tool/packages", new ImportPackageRequest("1.0", await ToolArchive.MakeAsync(_directory), AllowPrivileged: true));
        await mortal.Api.PutAsync<AppView>("apps/tool/current", new SetCurrentRequest("1.0"));
        await Clock.UntilAsync(async () => (await mortal.Api.GetAsync<PoolView>($"pools/{Pool}")).Available >= 2, "machines are ready", seconds: 120);
    }

    private async Task<Visitor> WelcomeAsync(MortalHouse mortal, string name)
    {
        await mortal.Api.PostAsync<UserAdded>("users", new AddUserRequest(name, null, Password));
        await mortal.Api.PutAsync($"pools/{Pool}/entitlements/users/{name}");
        if (name == "alice") await mortal.Api.PostAsync<AppAssignmentView>("apps/tool/assignments", new AssignAppRequest(User: name));
        var visitor = new Visitor(name, Password, await house.Chromium.OpenWindowAsync(mortal.Address), mortal.Address);
        await visitor.LogInAsync();
        return visitor;
    }

    private static async Task<MachineView> MachineOfAsync(MortalHouse mortal, Visitor visitor) => (await mortal.Api.MachinesAsync()).Single(machine => machine.User == visitor.Name);

    private static Task<string> IdentityAsync(MortalHouse mortal, MachineView machine) => mortal.Api.RunAsync(machine.Name, "hostname; cat /etc/machine-id");

    /// <summary>Runs a command in somebody's session.</summary>
    private static Task<string> AsUserAsync(MortalHouse mortal, MachineView machine, string command) =>
        mortal.Api.RunAsync(machine.Name, $"su user -c 'export DISPLAY=:0 XDG_RUNTIME_DIR=/run/user/1000 DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus; {command}'");

    /// <summary>What is somebody's own of a desktop: the document, the wallpaper, the parts of the panel, the program they have installed and the one that is assigned.</summary>
    private static Task<string> OwnAsync(MortalHouse mortal, MachineView machine) => AsUserAsync(mortal, machine,
        "cat ~/Documents/letter; xfconf-query -c xfce4-desktop -l -v | grep -o /usr/share/backgrounds/.*; xfconf-query -c xfce4-panel -p /panels/panel-1/plugin-ids | tail -n +3 | xargs; mine; tool");

    private static string All(string letter) => $"{letter}\n{Blue}\n1 6 8\nmine\ntool";

    private static async Task BeginLogOffAsync(Visitor visitor)
    {
        await visitor.Desktop.UseToolAsync("logoff");
        await visitor.Page.GetByTestId("confirm-yes").ClickAsync();
    }
}
