using Microsoft.Extensions.Logging.Abstractions;

namespace Mayfly.Qmp.Tests;

public sealed class QmpClientTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);
    private readonly FakeQemu _qemu = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _qemu.Dispose();

    [Fact]
    public async Task Connect_NobodyListens_SaysDisconnected()
    {
        var error = await Should.ThrowAsync<QmpException>(QmpClient.ConnectAsync("/nonexistent/qmp.sock", NullLogger.Instance, TimeProvider.System, Token));
        error.Failure.ShouldBe(QmpFailure.Disconnected);
    }

    [Fact]
    public async Task Connect_PeerHangsUpBeforeGreeting_SaysDisconnected()
    {
        var connecting = QmpClient.ConnectAsync(_qemu.Path, NullLogger.Instance, TimeProvider.System, Token);
        await _qemu.AcceptAsync();
        _qemu.HangUp();
        (await Should.ThrowAsync<QmpException>(connecting)).Failure.ShouldBe(QmpFailure.Disconnected);
    }

    [Fact]
    public async Task Execute_TwoAtOnceAnsweredInReverse_EachGetsItsOwn()
    {
        await using var qmp = await ConnectAsync();
        var first = qmp.ExecuteAsync("query-a", null, QmpDeadlines.Quick, Token);
        var heardFirst = await _qemu.HearAsync();
        var second = qmp.ExecuteAsync("query-b", null, QmpDeadlines.Quick, Token);
        var heardSecond = await _qemu.HearAsync();
        await _qemu.SayAsync($$"""{"return": "b", "id": {{heardSecond.GetProperty("id")}}}""");
        await _qemu.SayAsync($$"""{"return": "a", "id": {{heardFirst.GetProperty("id")}}}""");
        (await first).GetString().ShouldBe("a");
        (await second).GetString().ShouldBe("b");
    }

    [Fact]
    public async Task Execute_Refused_KeepsClassAndText()
    {
        await using var qmp = await ConnectAsync();
        var asking = qmp.ExecuteAsync("device_del", new { id = "x" }, QmpDeadlines.Quick, Token);
        var command = await _qemu.HearAsync();
        command.GetProperty("arguments").GetProperty("id").GetString().ShouldBe("x");
        await _qemu.SayAsync($$"""{"error": {"class": "DeviceNotFound", "desc": "Device 'x' not found"}, "id": {{command.GetProperty("id")}}}""");
        var error = await Should.ThrowAsync<QmpException>(asking);
        error.Failure.ShouldBe(QmpFailure.CommandRefused);
        error.ErrorClass.ShouldBe("DeviceNotFound");
        error.Message.ShouldBe("Device 'x' not found");
    }

    [Fact]
    public async Task Execute_NoAnswer_TimesOutAndGoesOn()
    {
        await using var qmp = await ConnectAsync();
        var late = qmp.ExecuteAsync("query-a", null, Short, Token);
        var heard = await _qemu.HearAsync();
        (await Should.ThrowAsync<QmpException>(late)).Failure.ShouldBe(QmpFailure.Timeout);
        await _qemu.SayAsync($$"""{"return": "too late", "id": {{heard.GetProperty("id")}}}""");
        var next = qmp.ExecuteAsync("query-b", null, QmpDeadlines.Quick, Token);
        await _qemu.AnswerAsync("\"in time\"");
        (await next).GetString().ShouldBe("in time");
    }

    [Fact]
    public async Task Execute_CallerCancels_ThrowsCancelled()
    {
        await using var qmp = await ConnectAsync();
        using var cancelling = new CancellationTokenSource();
        var asking = qmp.ExecuteAsync("query-a", null, QmpDeadlines.Quick, cancelling.Token);
        await _qemu.HearAsync();
        await cancelling.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(asking);
    }

    [Fact]
    public async Task Execute_PeerHangsUp_FailsAllWaiters()
    {
        await using var qmp = await ConnectAsync();
        var asking = qmp.ExecuteAsync("query-a", null, QmpDeadlines.Quick, Token);
        var waiting = qmp.NextEventAsync(_ => true, Token);
        await _qemu.HearAsync();
        _qemu.HangUp();
        (await Should.ThrowAsync<QmpException>(asking)).Failure.ShouldBe(QmpFailure.Disconnected);
        (await Should.ThrowAsync<QmpException>(waiting)).Failure.ShouldBe(QmpFailure.Disconnected);
        await qmp.Closed;
        (await Should.ThrowAsync<QmpException>(qmp.ExecuteAsync("stop", null, QmpDeadlines.Quick, Token))).Failure.ShouldBe(QmpFailure.Disconnected);
    }

    [Theory]
    [InlineData("this is no JSON\r\n")]
    [InlineData("[1, 2]\r\n")]
    [InlineData("\r\n")]
    public async Task Read_Garbage_ClosesAndFailsWaiters(string garbage)
    {
        await using var qmp = await ConnectAsync();
        var asking = qmp.ExecuteAsync("query-a", null, QmpDeadlines.Quick, Token);
        await _qemu.HearAsync();
        await _qemu.SayRawAsync(garbage);
        (await Should.ThrowAsync<QmpException>(asking)).Failure.ShouldBe(QmpFailure.Disconnected);
    }

    [Fact]
    public async Task Read_LineWithoutEnd_IsCutOff()
    {
        await using var qmp = await ConnectAsync();
        var block = new string('x', 64 * 1024);
        var flood = Task.Run(
            async () =>
            {
                for (var i = 0; i < 64 && !qmp.Closed.IsCompleted; i++)
                    await _qemu.SayRawAsync(block);
            },
            Token);
        await qmp.Closed.WaitAsync(TimeSpan.FromSeconds(60), Token);
        await flood.ContinueWith(_ => { }, Token, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    [Fact]
    public async Task NextEvent_InterleavedWithAnswers_GetsTheOneThatFits()
    {
        await using var qmp = await ConnectAsync();
        var resumed = qmp.NextEventAsync(happened => happened.Name == "RESUME", Token);
        var asking = qmp.ContinueAsync(Token);
        await _qemu.SayAsync("""{"event": "STOP", "timestamp": {"seconds": 1, "microseconds": 2}}""");
        await _qemu.SayAsync("""{"event": "RESUME", "timestamp": {"seconds": 1, "microseconds": 3}}""");
        await _qemu.AnswerAsync("{}");
        await asking;
        (await resumed).Name.ShouldBe("RESUME");
    }

    [Fact]
    public async Task MigrateIncoming_CapturedEvents_CompletesOnCompleted()
    {
        await using var qmp = await ConnectAsync();
        var loading = qmp.MigrateIncomingAsync("state", Token);
        var command = await _qemu.AnswerAsync("{}");
        command.GetProperty("arguments").GetProperty("uri").GetString().ShouldBe("fd:state");
        foreach (var status in (string[])["setup", "active"])
            await _qemu.SayAsync(MigrationEvent(status));
        loading.IsCompleted.ShouldBeFalse();
        await _qemu.SayAsync(MigrationEvent("completed"));
        await loading;
    }

    [Fact]
    public async Task MigrateIncoming_Failed_Throws()
    {
        await using var qmp = await ConnectAsync();
        var loading = qmp.MigrateIncomingAsync("state", Token);
        await _qemu.AnswerAsync("{}");
        await _qemu.SayAsync(MigrationEvent("failed"));
        (await Should.ThrowAsync<QmpException>(loading)).Failure.ShouldBe(QmpFailure.CommandRefused);
    }

    /// <summary>As QEMU 7.2 writes it.</summary>
    private static string MigrationEvent(string status) =>
        $$$"""{"timestamp": {"seconds": 1795, "microseconds": 2}, "event": "MIGRATION", "data": {"status": "{{{status}}}"}}""";

    private async Task<QmpClient> ConnectAsync()
    {
        var connecting = QmpClient.ConnectAsync(_qemu.Path, NullLogger.Instance, TimeProvider.System, Token);
        await _qemu.GreetAsync();
        return await connecting;
    }
}
