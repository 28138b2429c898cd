namespace Mayfly.BrowserTests.Stories;

/// <summary>What a house gives desktops beside settings, on real XFCE desktops and with a real file server.</summary>
public sealed class EnvironmentStoryTests(TestHouse house) : Journey(house)
{
    [Fact]
    public async Task Logon_WithAnEnvironment_HasDriveFolderVariablesAndTasksOnEachDesktop()
    {
        await using var files = await FileServer.StartAsync();
        var pool = await AddPoolAsync("xfce", spare: 1, settings => settings with { Persona = true });
        var ann = await WelcomeAsync("ann", pool);
        await Api.PutAsync<EnvironmentView>($"environments/{pool}", new SetEnvironmentRequest(Environment(pool, files.Port)));

        await ann.OpenAsync(pool);
        var first = await MachineOfAsync(ann);
        var session = (await Api.GetAsync<Page<SessionView>>($"sessions?user={ann.Name}")).Items.Single();
        session.Environment.ShouldNotBeNull().Problems.ShouldBeEmpty();
        session.Timeline.ShouldContain(step => step.Name == "environment");
        (await AsUserAsync(first, "cat ~/hello; gio mime text/plain | head -n 1; stat -c %a-%U /media/files; echo dear Bob >~/Documents/letter")).ShouldBe(
            $"apollo of {ann.Name}\nDefault application for “text/plain”: xfce4-terminal.desktop\n700-user");
        // Written there, and not to the machine.
        File.ReadAllText(Path.Combine(files.Share, ann.Name, "letter")).Trim().ShouldBe("dear Bob");
        (await Api.RunAsync(first.Name, $"grep -rls {FileServer.Password} /run /tmp /proc/mounts; su nobody -s /bin/sh -c 'ls /media/files' 2>&1 | grep -o denied")).ShouldBe("denied");
        // What the panel starts has the variables too.
        await Clock.UntilAsync(async () => (await Api.RunAsync(first.Name, "tr '\\0' '\\n' </proc/$(pgrep -x xfce4-panel)/environ | grep PROJECT")) == $"PROJECT=apollo of {ann.Name}", "a panel with the variables", seconds: 120, everyMs: 2 * Clock.GuestMs);
        await ann.Desktop.AwaitStillAsync(Picture.Panel, seen => seen.ShowsPanel, "the panel is drawn anew");
        await FindInMenuAsync(ann, first.Name, "Intranet");
        await ann.SnapAsync("environment");

        await ann.Desktop.LogOffAsync();
        File.ReadAllText(Path.Combine(files.Share, "bye")).Trim().ShouldBe($"apollo of {ann.Name}");
        (await Api.GetAsync<PersonaDetails>($"personas/{ann.Name}")).Parts.ShouldNotContain(part => part.Config == "documents");

        await ann.OpenAsync(pool);
        var second = await MachineOfAsync(ann);
        second.Id.ShouldNotBe(first.Id);
        (await AsUserAsync(second, "cat ~/Documents/letter")).ShouldBe("dear Bob");
        await Api.DeleteAsync($"environments/{pool}");
    }

    private static string Environment(string pool, int port) =>
        $$"""
        displayName: Office
        when: { pool: {{pool}}, file: .config, not: { client: 203.0.113.0/24 } }
        variables: { PROJECT: "apollo of {user}" }
        drives: [{ name: files, server: {{FileServer.Address}}, port: {{port}}, path: staff, user: {{FileServer.User}}, password: {{FileServer.Password}} }]
        folders: { Documents: "files/{user}" }
        shortcuts: [{ name: Intranet, url: "https://intranet.example" }]
        fileTypes: { text/plain: xfce4-terminal.desktop }
        tasks:
          - { name: hello, at: logon, run: "echo $PROJECT >~/hello" }
          - { name: bye, at: logoff, run: "echo $PROJECT >/media/files/bye", asSystem: true }
        """;

    private Task<string> AsUserAsync(MachineView machine, string command) => Api.RunAsync(machine.Name, $"su user -c 'export XDG_DATA_DIRS=/run/mayfly/share:/usr/local/share:/usr/share; {command}'");
}
