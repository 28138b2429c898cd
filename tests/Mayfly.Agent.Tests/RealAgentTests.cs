using System.Diagnostics;
using System.Net.Sockets;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Engine.Guests;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayfly.Agent.Tests;

/// <summary>The agent program itself, as its own process, on a unix socket in place of the virtio port. Verbs that change the system are not sent.</summary>
public sealed class RealAgentTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mayfly-agent-").FullName;
    private Process _agent = null!;
    private AgentConnection _host = null!;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var path = Path.Combine(_folder, "channel");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        Directory.CreateDirectory(Path.Combine(_folder, "proc"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "proc/stat"), "cpu  1 0 1 100 0 0 0 0 0 0\n", Token);
        var binary = Environment.GetEnvironmentVariable("MAYFLY_AGENT_BINARY") ?? Path.Combine(AppContext.BaseDirectory, "mayfly-agent");
        _agent = Process.Start(new ProcessStartInfo(binary, ["--channel", path, "--root", _folder]))!;
        _host = AgentConnection.Attach(new NetworkStream(await listener.AcceptAsync(Token), ownsSocket: true), NullLogger.Instance, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _agent.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        _agent.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Hello_RealAgent_IntroducesItself() =>
        (await _host.HelloAsync(TimeSpan.FromSeconds(20), Token)).Value.Capabilities.ShouldContain(AgentVerbs.ClonePrep);

    [Fact]
    public async Task Exec_LongOne_DoesNotBlockAShortOne()
    {
        var slow = _host.ExecAsync(new ExecRequest(["sleep", "3"], 10), Token);
        (await _host.ExecAsync(new ExecRequest(["sh", "-c", "echo out; echo err >&2; exit 3"], 10), Token)).Value
            .ShouldBe(new ExecResult(3, "out\n", "err\n", false));
        slow.IsCompleted.ShouldBeFalse();
        (await slow).Value.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Exec_PastItsLimit_KillsTheWholeGroup()
    {
        var mark = Path.Combine(_folder, "survivor");
        var run = await _host.ExecAsync(new ExecRequest(["sh", "-c", $"(sleep 2; touch {mark}) & sleep 60"], 1), Token);
        run.Value.ExitCode.ShouldBe(124);
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        File.Exists(mark).ShouldBeFalse();
    }

    [Fact]
    public async Task Exec_OutputBeyondTheBound_IsCutAndTheProgramEnds()
    {
        var run = await _host.ExecAsync(new ExecRequest(["head", "-c", "5000000", "/dev/zero"], 20), Token);
        run.Value.ExitCode.ShouldBe(0);
        run.Value.Truncated.ShouldBeTrue();
        run.Value.Stdout.Length.ShouldBeInRange(1, ExecResult.MaxOutputBytes);
    }

    [Fact]
    public async Task Exec_UnknownProgram_Is127() =>
        (await _host.ExecAsync(new ExecRequest(["no-such-program"], 5), Token)).Value.ExitCode.ShouldBe(127);

    [Fact]
    public async Task Settle_DesktopAppears_Answers()
    {
        var settle = _host.SettleAsync(new SettleRequest(1, 10, 20), Token);
        (await _host.HelloAsync(TimeSpan.FromSeconds(20), Token)).Fault.ShouldBeNull();
        settle.IsCompleted.ShouldBeFalse();
        await File.WriteAllTextAsync(Path.Combine(_folder, "run/mayfly/desktop-ready"), "", Token);
        (await settle).Value.QuietSeconds.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task SetScreen_GuestWithADesktop_RunsTheImagesProgram()
    {
        await AddSetScreenAsync("echo \"$@\" >$(dirname $0)/asked");
        (await _host.SetScreenAsync(new SetScreenRequest(1024, 768), Limit, Token)).Value.ShouldBe(new SetScreenReport(1024, 768));
        (await File.ReadAllTextAsync(Path.Combine(_folder, "usr/lib/mayfly/asked"), Token)).ShouldBe("1024 768\n");
    }

    [Fact]
    public async Task SetScreen_ProgramThatFails_IsRefusedWithItsWords()
    {
        await AddSetScreenAsync("echo too large >&2; exit 3");
        var refused = (await _host.SetScreenAsync(new SetScreenRequest(1024, 768), Limit, Token)).Fault!;
        refused.Code.ShouldBe(ErrorCode.AgentRefused);
        refused.Why!.ShouldEndWith("ended with 3: too large");
    }

    [Fact]
    public async Task SetScreen_WhileAnotherIsUnderWay_IsRefusedAndTheNextIsNot()
    {
        await AddSetScreenAsync("sleep 2");
        var first = _host.SetScreenAsync(new SetScreenRequest(1024, 768), Limit, Token);
        (await _host.SetScreenAsync(new SetScreenRequest(800, 600), Limit, Token)).Fault!.Code.ShouldBe(ErrorCode.AgentRefused);
        (await first).Fault.ShouldBeNull();
        (await _host.SetScreenAsync(new SetScreenRequest(800, 600), Limit, Token)).Fault.ShouldBeNull();
    }

    [Theory]
    [InlineData(1024, 768, "no desktop")]
    [InlineData(0, 0, "no screen")]
    [InlineData(1023, 768, "no screen")]
    [InlineData(int.MaxValue - 7, int.MaxValue, "no screen")]
    public async Task SetScreen_GuestWithoutADesktopOrImpossibleSize_IsRefused(int width, int height, string why) =>
        (await _host.SetScreenAsync(new SetScreenRequest(width, height), Limit, Token)).Fault!.Why!.ShouldContain(why);

    [Fact]
    public async Task Attach_WhileItLasts_TheAgentRunsFirstAndWhatItStartsDoesNot()
    {
        Assert.SkipUnless(MayRunFirst(), "Only who has CAP_SYS_NICE may run before others.");
        const string PriorityAndPolicy = "cut -d' ' -f40,41 /proc/$PPID/stat /proc/self/stat";
        var attach = _host.AttachAsync(new AttachRequest([new PackageDisk("neverplugged")], null, 2), Token);
        (await _host.ExecAsync(new ExecRequest(["sh", "-c", PriorityAndPolicy], 10), Token)).Value.Stdout.ShouldBe("1 2\n0 0\n");
        (await attach).Fault!.Code.ShouldBe(ErrorCode.AgentRefused);
        (await _host.ExecAsync(new ExecRequest(["sh", "-c", PriorityAndPolicy], 10), Token)).Value.Stdout.ShouldBe("0 0\n0 0\n");
    }

    [Fact]
    public async Task Release_AfterOneThatCouldNotBegin_IsDone()
    {
        var request = new ReleaseRequest(5);
        (await _host.ReleaseAsync(request, Token)).Fault!.Why!.ShouldContain("passwd");
        Directory.CreateDirectory(Path.Combine(_folder, "etc"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n", Token);
        (await _host.ReleaseAsync(request, Token)).Value.ShouldBe(new ReleaseReport(0, 0));
    }

    private async Task AddSetScreenAsync(string script)
    {
        var program = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "usr/lib/mayfly")).FullName, "set-screen");
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
