using Mayfly.Contracts;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Tests;

/// <summary>The agent program itself, as its own process, on a unix socket in place of the virtio port. Verbs that change the system are not sent.</summary>
public sealed class RealAgentTests : RealAgentTestBase
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Hello_RealAgent_IntroducesItself() =>
        (await Host.HelloAsync(TimeSpan.FromSeconds(20), Token)).Value.Capabilities.ShouldContain(AgentVerbs.ClonePrep);

    [Fact]
    public async Task Exec_LongOne_DoesNotBlockAShortOne()
    {
        var slow = Host.ExecAsync(new ExecRequest(["sleep", "3"], 10), Token);
        (await Host.ExecAsync(new ExecRequest(["sh", "-c", "echo out; echo err >&2; exit 3"], 10), Token)).Value
            .ShouldBe(new ExecResult(3, "out\n", "err\n", false));
        slow.IsCompleted.ShouldBeFalse();
        (await slow).Value.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Exec_PastItsLimit_KillsTheWholeGroup()
    {
        var mark = Path.Combine(Folder, "survivor");
        var run = await Host.ExecAsync(new ExecRequest(["sh", "-c", $"(sleep 2; touch {mark}) & sleep 60"], 1), Token);
        run.Value.ExitCode.ShouldBe(124);
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        File.Exists(mark).ShouldBeFalse();
    }

    [Fact]
    public async Task Exec_OutputBeyondTheBound_IsCutAndTheProgramEnds()
    {
        var run = await Host.ExecAsync(new ExecRequest(["head", "-c", "5000000", "/dev/zero"], 20), Token);
        run.Value.ExitCode.ShouldBe(0);
        run.Value.Truncated.ShouldBeTrue();
        run.Value.Stdout.Length.ShouldBeInRange(1, ExecResult.MaxOutputBytes);
    }

    [Fact]
    public async Task Exec_UnknownProgram_Is127() =>
        (await Host.ExecAsync(new ExecRequest(["no-such-program"], 5), Token)).Value.ExitCode.ShouldBe(127);

    [Fact]
    public async Task Settle_DesktopAppears_Answers()
    {
        var settle = Host.SettleAsync(new SettleRequest(1, 10, 20), Token);
        (await Host.HelloAsync(TimeSpan.FromSeconds(20), Token)).Fault.ShouldBeNull();
        settle.IsCompleted.ShouldBeFalse();
        await File.WriteAllTextAsync(Path.Combine(Folder, "run/mayfly/desktop/ready"), "", Token);
        (await settle).Value.QuietSeconds.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task SetScreen_GuestWithADesktop_RunsTheImagesProgram()
    {
        await AddSetScreenAsync("echo \"$@\" >$(dirname $0)/asked");
        (await Host.SetScreenAsync(new SetScreenRequest(1024, 768), Limit, Token)).Value.ShouldBe(new SetScreenReport(1024, 768));
        (await File.ReadAllTextAsync(Path.Combine(Folder, "usr/lib/mayfly/asked"), Token)).ShouldBe("1024 768\n");
    }

    [Fact]
    public async Task SetScreen_ProgramThatFails_IsRefusedWithItsWords()
    {
        await AddSetScreenAsync("echo too large >&2; exit 3");
        var refused = (await Host.SetScreenAsync(new SetScreenRequest(1024, 768), Limit, Token)).Fault!;
        refused.Code.ShouldBe(ErrorCode.AgentRefused);
        refused.Why!.ShouldEndWith("ended with 3: too large");
    }

    [Fact]
    public async Task SetScreen_WhileAnotherIsUnderWay_IsRefusedAndTheNextIsNot()
    {
        await AddSetScreenAsync("sleep 2");
        var first = Host.SetScreenAsync(new SetScreenRequest(1024, 768), Limit, Token);
        (await Host.SetScreenAsync(new SetScreenRequest(800, 600), Limit, Token)).Fault!.Code.ShouldBe(ErrorCode.AgentRefused);
        (await first).Fault.ShouldBeNull();
        (await Host.SetScreenAsync(new SetScreenRequest(800, 600), Limit, Token)).Fault.ShouldBeNull();
    }

    [Theory]
    [InlineData(1024, 768, "no desktop")]
    [InlineData(0, 0, "no screen")]
    [InlineData(1023, 768, "no screen")]
    [InlineData(int.MaxValue - 7, int.MaxValue, "no screen")]
    public async Task SetScreen_GuestWithoutADesktopOrImpossibleSize_IsRefused(int width, int height, string why) =>
        (await Host.SetScreenAsync(new SetScreenRequest(width, height), Limit, Token)).Fault!.Why!.ShouldContain(why);

    [Fact]
    public async Task Attach_WhileItLasts_TheAgentRunsFirstAndWhatItStartsDoesNot()
    {
        Assert.SkipUnless(MayRunFirst(), "Only who has CAP_SYS_NICE may run before others.");
        const string PriorityAndPolicy = "cut -d' ' -f40,41 /proc/$PPID/stat /proc/self/stat";
        var attach = Host.AttachAsync(new AttachRequest([new PackageDisk("neverplugged")], null, 2), Token);
        (await Host.ExecAsync(new ExecRequest(["sh", "-c", PriorityAndPolicy], 10), Token)).Value.Stdout.ShouldBe("1 2\n0 0\n");
        (await attach).Fault!.Code.ShouldBe(ErrorCode.AgentRefused);
        (await Host.ExecAsync(new ExecRequest(["sh", "-c", PriorityAndPolicy], 10), Token)).Value.Stdout.ShouldBe("0 0\n0 0\n");
    }

    [Fact]
    public async Task Release_AfterOneThatCouldNotBegin_IsDone()
    {
        var request = new ReleaseRequest(5);
        (await Host.ReleaseAsync(request, Token)).Fault!.Why!.ShouldContain("passwd");
        Directory.CreateDirectory(Path.Combine(Folder, "etc"));
        await File.WriteAllTextAsync(Path.Combine(Folder, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n", Token);
        (await Host.ReleaseAsync(request, Token)).Value.ShouldBe(new ReleaseReport(0, 0));
    }

    private async Task AddSetScreenAsync(string script)
    {
        var program = Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, "usr/lib/mayfly")).FullName, "set-screen");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\n{script}\n", Token);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static bool MayRunFirst()
    {
        const int Nice = 23;
        var effective = File.ReadLines("/proc/self/status").First(line => line.StartsWith("CapEff:", StringComparison.Ordinal)).Split('\t')[1];
        return (Convert.ToUInt64(effective, 16) & (1UL << Nice)) != 0;
    }
}
