using System.Diagnostics;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Tests;

/// <summary>Programs that wait at their start, with the real kernel and the real agent.</summary>
public sealed class ProgramStartTests : RealAgentTestBase
{
    private const string Path = "/usr/bin/editor";
    private const string Part = "editor";

    private string Program => Folder + Path;

    [Fact]
    public async Task WatchPrograms_FirstStart_WaitsUntilItsPartIsReadyAndItsEndIsTold()
    {
        await WatchAsync(ready: false);
        // Others, and what the agent runs itself, do not wait: not even where the agent waits for its start.
        await Start(Program, "0").WaitForExitAsync(Token);
        (await Host.ExecAsync(new ExecRequest(["setpriv", "--reuid=1000", "--clear-groups", Program, "0"], 10), Token)).Value.ExitCode.ShouldBe(0);
        (await Host.ExecAsync(new ExecRequest([Program, "0"], 10), Token)).Value.ExitCode.ShouldBe(0);

        using var first = StartOfPerson("0");
        (await Host.AwaitProgramAsync(new AwaitProgramRequest(null), Token)).Value.ShouldBe(new ProgramReport(Part, Ended: false));
        File.ResolveLinkTarget($"/proc/{first.Id}/exe", returnFinalTarget: false)!.FullName.ShouldEndWith("/setpriv");
        // A host that was started anew is told again.
        (await Host.AwaitProgramAsync(new AwaitProgramRequest(null), Token)).Value.ShouldBe(new ProgramReport(Part, Ended: false));

        var report = await WatchAsync(ready: true);

        report.Ready.ShouldBe([Part]);
        report.Late.ShouldBeEmpty();
        await first.WaitForExitAsync(Token);
        first.ExitCode.ShouldBe(0);
        (await Host.AwaitProgramAsync(new AwaitProgramRequest(null), Token)).Value.ShouldBe(new ProgramReport(Part, Ended: true));
        using var second = StartOfPerson("0");
        await second.WaitForExitAsync(Token);
        (await Host.AwaitProgramAsync(new AwaitProgramRequest(Part), Token)).Value.ShouldBe(new ProgramReport(Part, Ended: true));
    }

    [Fact]
    public async Task WatchPrograms_PartThatIsTakenBack_LetsThoseGoOnThatWait()
    {
        await WatchAsync(ready: false);
        using var started = StartOfPerson("0");
        (await Host.AwaitProgramAsync(new AwaitProgramRequest(null), Token)).Value.Ended.ShouldBeFalse();

        (await Host.WatchProgramsAsync(new WatchProgramsRequest([]), Token)).Fault.ShouldBeNull();

        await started.WaitForExitAsync(Token);
        started.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task WatchPrograms_AgentThatIsKilled_LetsThoseGoOnThatWait()
    {
        await WatchAsync(ready: false);
        using var started = StartOfPerson("0");
        (await Host.AwaitProgramAsync(new AwaitProgramRequest(null), Token)).Value.Ended.ShouldBeFalse();

        AgentProcess.Kill();

        await started.WaitForExitAsync(Token);
        started.ExitCode.ShouldBe(0);
    }

    private async Task<WatchProgramsReport> WatchAsync(bool ready)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root may have the kernel ask before a program is run.");
        if (!File.Exists(Program))
        {
            File.SetUnixFileMode(Folder, (UnixFileMode)0b111_001_001);
            Directory.CreateDirectory(Folder + "/usr/bin");
            Directory.CreateDirectory(Folder + "/etc");
            await File.WriteAllTextAsync(Folder + "/etc/passwd", "root:x:0:0::/root:/bin/sh\nperson:x:1000:1000::/home/person:/bin/sh\n", Token);
            File.Copy("/bin/sleep", Program);
        }

        var watched = await Host.WatchProgramsAsync(new WatchProgramsRequest([new ProgramPart(Part, [Path, "/usr/bin/missing"], ready)]), Token);
        watched.Fault.ShouldBeNull();
        return watched.Value;
    }

    private Process StartOfPerson(string seconds) => Start("setpriv", "--reuid=1000", "--clear-groups", Program, seconds);

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments))!;
}
