using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mayfly.Cli.Tests;

public sealed class OperationTests
{
    private static readonly OperationStep Packages = new("packages", 98.2);

    [Fact]
    public async Task Build_Succeeds_PrintsEachStepOnceWithItsSeconds()
    {
        await using var server = await StartAsync(
            Samples.Operation("running", "packages", 10), Samples.Operation("running", "packages", 20),
            Samples.Operation("running", "disk", 80, null, Packages),
            Samples.Operation("succeeded", "disk", 100, null, Packages, new OperationStep("disk", 12)));

        var run = await server.RunAsync("image", "build", "xfce");

        run.ExitCode.ShouldBe(0);
        run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
        [
            "build xfce: queued (0 %)", "build xfce: packages (10 %)", "build xfce: packages: 1 min 38 s", "build xfce: disk (80 %)",
            "build xfce: disk: 12.0 s",
        ]);
        run.Out.ShouldBe($"build xfce: done, 1a2b3c4d (1 min 40 s){Environment.NewLine}");
    }

    [Fact]
    public async Task Build_Fails_TellsTheFault()
    {
        var fault = new Fault(ErrorCode.ImageBuildFailed, "Building xfce failed.", "No mirror answers.", "Check the network.");
        await using var server = await StartAsync(Samples.Operation("failed", "packages", 10, fault));

        var run = await server.RunAsync("image", "build", "xfce", "-o", "json");

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain("Building xfce failed. No mirror answers. [ImageBuildFailed]");
        run.Error.ShouldContain("Check the network.");
    }

    [Fact]
    public async Task Build_Json_KeepsProgressOffStandardOutput()
    {
        await using var server = await StartAsync(Samples.Operation("succeeded", "disk", 100));

        var run = await server.RunAsync("image", "build", "xfce", "-o", "json");

        JsonDocument.Parse(run.Out).RootElement.GetProperty("state").GetString().ShouldBe("succeeded");
    }

    [Fact]
    public async Task Build_StreamEndsEarly_IsUnreachable()
    {
        await using var server = await StartAsync(Samples.Operation("running", "packages", 10));

        var run = await server.RunAsync("image", "build", "xfce");

        run.ExitCode.ShouldBe(ExitCodes.ServerUnreachable);
        run.Error.ShouldContain("ended while it worked on xfce");
    }

    [Fact]
    public async Task Publish_Busy_IsBusy()
    {
        await using var server = await StubServer.StartAsync(app => app.MapPost(
            "/api/v1/images/{name}/publish", (PublishImageRequest request) =>
                request.Version is "1a2b3c4d" ? Samples.Problem(ErrorCode.Busy, 409) : Results.StatusCode(500)));

        (await server.RunAsync("image", "publish", "xfce@1a2b3c4d")).ExitCode.ShouldBe(ExitCodes.Busy);
    }

    [Fact]
    public async Task Import_RelativePath_IsSentAbsoluteWithTheFilesName()
    {
        ImportImageRequest? sent = null;
        await using var server = await StubServer.StartAsync(app => app.MapPost("/api/v1/images/import", (ImportImageRequest request) =>
        {
            sent = request;
            return Samples.Operation("succeeded", "", 100);
        }));

        await server.RunAsync("image", "import", "Office.qcow2", "--memory", "1024");

        sent.ShouldBe(new ImportImageRequest("office", Path.GetFullPath("Office.qcow2"), 1024));
    }

    private static Task<StubServer> StartAsync(params OperationView[] views) => StubServer.StartAsync(app =>
    {
        app.MapPost("/api/v1/images/build", () => Samples.Operation("running", "queued", 0));
        app.MapGet("/api/v1/operations/op1/events", context => OperationStream.WriteAsync(context, views));
    });
}
