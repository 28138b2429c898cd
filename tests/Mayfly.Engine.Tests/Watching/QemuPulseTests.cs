using Mayfly.Contracts;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Watching;
using Mayfly.Qmp;
using Mayfly.Qmp.Tests;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayfly.Engine.Tests.Watching;

public sealed class QemuPulseTests : IDisposable
{
    private const string Running = """{"status": "running", "running": true}""";
    private const string Stopped = """{"status": "io-error", "running": false}""";
    private readonly FakeQemu _qemu = new();
    private readonly EngineOptions _options = new() { WatchDeadline = TimeSpan.FromMilliseconds(300), WatchInterval = TimeSpan.Zero, DiskReserveBytes = 0 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _qemu.Dispose();

    [Fact]
    public async Task Look_Stalled_IsTroubleAfterTwoMisses_AndWellAgainWithTheNextAnswer()
    {
        var (pulse, line) = await ConnectAsync();
        (await pulse.LookAsync(Token)).ShouldBeNull();
        pulse.IsMissing.ShouldBeTrue();

        var trouble = await pulse.LookAsync(Token);

        trouble!.Code.ShouldBe(ErrorCode.MachineUnresponsive);
        // It was asked once: questions that nobody hears do not pile up.
        (await AnsweredAsync(pulse, Running)).ShouldBeNull();
        (await AnsweredAsync(pulse, Running)).ShouldBeNull();
        pulse.IsMissing.ShouldBeFalse();
        await line.CloseAsync();
    }

    [Fact]
    public async Task Look_AfterGarbage_ConnectsAnew()
    {
        var (pulse, line) = await ConnectAsync();
        (await AnsweredAsync(pulse, Running)).ShouldBeNull();
        var first = line.Current;
        await _qemu.SayAsync("this is not QMP");
        await first.Closed.WaitAsync(Token);
        await pulse.Woken.WaitAsync(TimeSpan.FromSeconds(60), Token);

        var looking = pulse.LookAsync(Token);
        await _qemu.GreetAsync();
        await _qemu.AnswerAsync(Running);

        (await looking).ShouldBeNull();
        line.Current.ShouldNotBe(first);
        await line.CloseAsync();
    }

    [Fact]
    public async Task Look_GarbageEachTime_IsTrouble()
    {
        var (pulse, line) = await ConnectAsync();
        var looking = pulse.LookAsync(Token);
        await _qemu.HearAsync();
        await _qemu.SayAsync("{]");
        (await looking).ShouldBeNull();

        looking = pulse.LookAsync(Token);
        await _qemu.AcceptAsync();
        await _qemu.SayAsync("{]");

        (await looking)!.Code.ShouldBe(ErrorCode.MachineUnresponsive);
        pulse.Woken.IsCompleted.ShouldBeFalse("a line that ends each time must not be looked at without a pause");
        await line.CloseAsync();
    }

    [Fact]
    public async Task Look_AcceptedAndNeverGreeted_IsTrouble()
    {
        var (pulse, line) = await ConnectAsync();
        _qemu.HangUp();
        await line.Current.Closed.WaitAsync(Token);
        await pulse.LookAsync(Token);
        (await pulse.LookAsync(Token))!.Code.ShouldBe(ErrorCode.MachineUnresponsive);
        await line.CloseAsync();
    }

    [Fact]
    public async Task Look_StoppedWithoutRoom_TellsAndGoesOnOnceThereIs()
    {
        var (pulse, line) = await ConnectAsync();
        _options.DiskReserveBytes = long.MaxValue;
        (await StoppedAsync(pulse, continues: false))!.Code.ShouldBe(ErrorCode.MachineDiskFull);

        _options.DiskReserveBytes = 0;
        (await StoppedAsync(pulse, continues: true))!.Code.ShouldBe(ErrorCode.MachineDiskFull);

        (await AnsweredAsync(pulse, Running)).ShouldBeNull();
        await line.CloseAsync();
    }

    [Fact]
    public async Task Look_DiskErrorTheGuestWasTold_IsTroubleForThatLook()
    {
        var (pulse, line) = await ConnectAsync();
        await AnsweredAsync(pulse, Running);
        await _qemu.SayAsync("""{"event": "BLOCK_IO_ERROR", "data": {"operation": "read", "action": "report", "reason": "Input/output error"}}""");

        var trouble = await AnsweredAsync(pulse, Running);

        trouble!.Code.ShouldBe(ErrorCode.MachineUnresponsive);
        trouble.Why.ShouldNotBeNull().ShouldContain("Input/output error");
        (await AnsweredAsync(pulse, Running)).ShouldBeNull();
        await line.CloseAsync();
    }

    [Fact]
    public async Task Woken_WhenTheGuestStops_Completes()
    {
        var (pulse, line) = await ConnectAsync();
        await AnsweredAsync(pulse, Running);
        pulse.Woken.IsCompleted.ShouldBeFalse();
        await _qemu.SayAsync("""{"event": "STOP", "timestamp": {"seconds": 1, "microseconds": 2}}""");
        await pulse.Woken.WaitAsync(TimeSpan.FromSeconds(60), Token);
        await line.CloseAsync();
    }

    private async Task<Fault?> AnsweredAsync(QemuPulse pulse, string answer)
    {
        var looking = pulse.LookAsync(Token);
        await _qemu.AnswerAsync(answer);
        return await looking;
    }

    private async Task<Fault?> StoppedAsync(QemuPulse pulse, bool continues)
    {
        var looking = pulse.LookAsync(Token);
        await _qemu.AnswerAsync(Stopped);
        (await _qemu.AnswerAsync("""[{"device": "", "io-status": "nospace"}]""")).GetProperty("execute").GetString().ShouldBe("query-block");
        if (continues)
            (await _qemu.AnswerAsync("{}")).GetProperty("execute").GetString().ShouldBe("cont");
        return await looking;
    }

    private async Task<(QemuPulse Pulse, QmpLine Line)> ConnectAsync()
    {
        var connecting = QmpClient.ConnectAsync(_qemu.Path, NullLogger.Instance, TimeProvider.System, Token);
        await _qemu.GreetAsync();
        var line = new QmpLine(_qemu.Path, await connecting, NullLogger.Instance, TimeProvider.System);
        return (new QemuPulse("desk", line, new Standstill("desk", new DataDirectory(Path.GetTempPath()), _options, TimeProvider.System), _options, TimeProvider.System), line);
    }
}
