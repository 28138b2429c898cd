using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Builder;

namespace Mayfly.Cli.Tests;

public sealed class PushTests
{
    private PushImageRequest? _sent;

    [Fact]
    public async Task Start_NoOption_SendsTheDefaultsAndReturnsAtOnce()
    {
        await using var server = await StartAsync();

        var run = await server.RunAsync("pool", "push", "start", "desktops");

        run.ExitCode.ShouldBe(0);
        _sent.ShouldBe(new PushImageRequest());
        run.Out.ShouldContain("publishing xfce@9f8e7d6c");
        server.Requests.ShouldBe(["POST /api/v1/pools/desktops/push"]);
    }

    [Fact]
    public async Task Start_EveryOption_IsSent()
    {
        await using var server = await StartAsync();

        await server.RunAsync(
            "pool", "push", "start", "desktops", "--version", "9f8e7d6c", "--start-at", "2026-05-04T22:00+02:00", "--force", "--grace", "60",
            "--warning", "Please save.", "--error-threshold", "5");

        _sent.ShouldBe(new PushImageRequest
        {
            Version = "9f8e7d6c",
            StartAt = Samples.Noon.AddHours(8),
            InUse = InUseRule.ForceLogoff,
            GraceSeconds = 60,
            Warning = "Please save.",
            ErrorThresholdPercent = 5,
        });
    }

    [Fact]
    public async Task Start_Wait_ShowsEachStepUntilItIsDone()
    {
        await using var server = await StartAsync(
            Samples.Push(PushState.Rolling, replaced: 1, waiting: 2), Samples.Push(PushState.Rolling, replaced: 3, waiting: 1),
            Samples.Push(PushState.Completed, replaced: 4));

        var run = await server.RunAsync("pool", "push", "start", "desktops", "--wait");

        run.ExitCode.ShouldBe(0);
        run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
        [
            "push desktops to 9f8e7d6c: publishing xfce@9f8e7d6c (0 %)",
            "push desktops to 9f8e7d6c: rolling, 1 of 4 replaced, 2 waiting for log-off (25 %)",
            "push desktops to 9f8e7d6c: rolling, 3 of 4 replaced, 1 waiting for log-off (75 %)",
            "push desktops to 9f8e7d6c: completed, 4 of 4 replaced (100 %)",
        ]);
        run.Out.ShouldContain("completed");
    }

    [Fact]
    public async Task Start_WaitAndTooManyFail_TellsTheFault()
    {
        var fault = new Fault(ErrorCode.PoolStopped, "The push paused.", "2 of 4 machines failed.", "Look at them.");
        await using var server = await StartAsync(Samples.Push(PushState.Paused, replaced: 1, fault: fault));

        var run = await server.RunAsync("pool", "push", "start", "desktops", "--wait");

        run.ExitCode.ShouldBe(ExitCodes.Refused);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain("The push paused. 2 of 4 machines failed. [PoolStopped]");
    }

    [Fact]
    public async Task Start_WaitAndCancelled_Fails()
    {
        await using var server = await StartAsync(Samples.Push(PushState.Paused), Samples.Push(PushState.Cancelled));

        var run = await server.RunAsync("pool", "push", "start", "desktops", "--wait");

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("[PushCancelled]");
    }

    [Fact]
    public async Task Status_NeverPushed_IsNotFound()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/pools/{pool}", () => Samples.Pool()));

        (await server.RunAsync("pool", "push", "status", "desktops")).ExitCode.ShouldBe(ExitCodes.NotFound);
    }

    [Fact]
    public async Task Status_WatchAFinishedOne_FollowsNothing()
    {
        var pool = Samples.Pool() with { Push = Samples.Push(PushState.Completed, replaced: 4) };
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/pools/{pool}", () => pool));

        (await server.RunAsync("pool", "push", "status", "desktops", "--watch")).ExitCode.ShouldBe(0);

        server.Requests.ShouldBe(["GET /api/v1/pools/desktops"]);
    }

    [Theory]
    [InlineData("POST /api/v1/pools/desktops/push/pause", "push", "pause", "desktops")]
    [InlineData("POST /api/v1/pools/desktops/push/resume", "push", "resume", "desktops")]
    [InlineData("POST /api/v1/pools/desktops/push/cancel", "push", "cancel", "desktops")]
    [InlineData("POST /api/v1/pools/desktops/rollback", "rollback", "desktops", "--version", "00aa11bb")]
    [InlineData("POST /api/v1/pools/desktops/canary/promote", "canary", "promote", "desktops", "--force")]
    public async Task Verb_Push_GoesToItsEndpoint(string expected, params string[] arguments)
    {
        await using var server = await StubServer.StartAsync(app => app.MapFallback(() => Samples.Push(PushState.Rolling)));

        (await server.RunAsync(["pool", .. arguments])).ExitCode.ShouldBe(0);

        server.Requests.ShouldBe([expected]);
    }

    [Fact]
    public async Task CanarySet_Machines_AreSent()
    {
        CanaryRequest? sent = null;
        await using var server = await StubServer.StartAsync(app => app.MapPut("/api/v1/pools/{pool}/canary", (CanaryRequest request) =>
        {
            sent = request;
            return Samples.Pool();
        }));

        (await server.RunAsync("pool", "canary", "set", "desktops", "--version", "9f8e7d6c", "desktops-1", "desktops-2")).ExitCode.ShouldBe(0);

        sent!.Version.ShouldBe("9f8e7d6c");
        sent.Machines.ShouldBe(["desktops-1", "desktops-2"]);
    }

    [Fact]
    public async Task PushList_Table_HasOneLineAPush()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet(
            "/api/v1/pools/{pool}/pushes", () => new[] { Samples.Push(PushState.Rolling), Samples.Push(PushState.Completed, 4) }));

        var run = await server.RunAsync("pool", "push", "list", "desktops");

        run.Out.Split('\n').Count(line => line.Contains("9f8e7d6c", StringComparison.Ordinal)).ShouldBe(2);
    }

    private Task<StubServer> StartAsync(params PushView[] views) => StubServer.StartAsync(app =>
    {
        app.MapPost("/api/v1/pools/{pool}/push", (PushImageRequest request) =>
        {
            _sent = request;
            return Samples.Push(PushState.Publishing);
        });
        app.MapGet("/api/v1/pools/desktops/push/events", context => OperationStream.WriteAsync(context, views));
    });
}
