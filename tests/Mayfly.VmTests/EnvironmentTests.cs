using Mayfly.Contracts.Agent;

namespace Mayfly.VmTests;

/// <summary>What a house gives a session beside settings, in a machine. The micro image has no client for network drives and no session's manager: those are tested on the desktop.</summary>
public sealed class EnvironmentTests(Micro micro) : VmTest(micro)
{
    private const int DriveSeconds = 20;
    private static readonly EnvironmentRequest s_nothing = new([], [], [], [], [], null, [], DriveSeconds);

    [Fact]
    public async Task SetEnvironment_VariablesFilesAndTasks_AreThereInTheirOrder()
    {
        var machine = await ForkAsync();
        var request = s_nothing with
        {
            Variables = [new EnvironmentVariable("GREETING", "it's `me` $HOME")],
            Shortcuts = [new Shortcut("tools-0", @"A \ tool", "tool --now", null)],
            FileTypes = [new FileTypeDefault("text/plain", "tool.desktop")],
            Printing = new PrintServer("print.example:6310", "floor2"),
            Tasks =
            [
                new SessionTask("first", "ls /run/mayfly/share/applications >/run/order; echo \"$GREETING\" >>/run/order", AsSystem: true, 10),
                new SessionTask("bad", "echo no such luck >&2; exit 3", AsSystem: false, 10),
                new SessionTask("slow", "sleep 600", AsSystem: true, 1),
                new SessionTask("last", "echo last >>/run/order", AsSystem: false, 10),
            ],
        };

        var report = (await Engine.Host.SetEnvironmentAsync(machine.MachineId, request, Token)).Value;

        report.Problems.ShouldBe([new EnvironmentProblem("task bad", "no such luck (status 3)"), new EnvironmentProblem("task slow", "it took too long")]);
        (await RunAsync(machine, "cat /run/order; tail -n +2 /run/mayfly/share/applications/*.desktop; cat /etc/cups/client.conf /etc/cups/lpoptions; pgrep -f 'sleep 600' || true")).ShouldBe(
            """
            mayfly-shortcut-tools-0.desktop
            mimeapps.list
            it's `me` $HOME
            last
            Type=Application
            Name=A \\ tool
            Icon=applications-internet
            Exec=tool --now
            ServerName print.example:6310
            Default floor2
            """);
    }

    [Fact]
    public async Task SetEnvironment_ADriveThatCanNotBeMounted_IsToldAndTheRestIsDone()
    {
        var machine = await ForkAsync();
        var request = s_nothing with
        {
            Drives = [new NetworkDrive("files", "192.0.2.1", 445, "staff", "desk", "secret", null, ReadOnly: false)],
            Folders = [new RedirectedFolder("Documents", "files", "")],
            Tasks = [new SessionTask("last", "touch /run/last", AsSystem: true, 10)],
        };

        var report = (await Engine.Host.SetEnvironmentAsync(machine.MachineId, request, Token)).Value;

        report.Problems.Select(problem => problem.Name).ShouldBe(["drive files", "folder Documents"]);
        report.Problems[0].Reason.ShouldContain("cifs");
        // The password is in no file, and in no list of what is mounted.
        (await RunAsync(machine, "ls /run/last; grep -rl secret /run /tmp /proc/mounts 2>/dev/null || true")).ShouldBe("/run/last");
    }

    [Fact]
    public async Task SetEnvironment_Malformed_IsRefusedWhole()
    {
        var machine = await ForkAsync();

        var refused = await Engine.Host.SetEnvironmentAsync(machine.MachineId, s_nothing with { Variables = [new EnvironmentVariable("A B", "c")] }, Token);

        refused.Fault!.Code.ShouldBe(ErrorCode.AgentRefused);
    }
}
