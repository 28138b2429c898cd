using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mayfly.Cli.Tests;

public sealed class AppTests
{
    private static readonly AppView Writer = new("writer", "Writer", "", 500, "1", [])
    {
        Assignments = [new AppAssignmentView("a1", "writer", null, null, "staff", null, PackageDelivery.Demand)],
    };

    private static readonly CaptureView Starting = new("c1", "writer", "2", "xfce", CaptureState.Starting, "making a machine", "admin", Samples.Noon, null, null);

    [Fact]
    public async Task Show_App_TellsWhoGetsIt()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/apps/writer", () => Writer));

        var run = await server.RunAsync("app", "show", "writer");

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain("group staff");
        run.Out.ShouldContain("demand");
    }

    [Fact]
    public async Task Assign_EveryOption_IsSent()
    {
        AssignAppRequest? sent = null;
        await using var server = await StubServer.StartAsync(app => app.MapPost("/api/v1/apps/writer/assignments", (AssignAppRequest request) =>
        {
            sent = request;
            return new AppAssignmentView("a1", "writer", request.Version, request.User, request.Group, request.Pool, request.Delivery);
        }));

        (await server.RunAsync("app", "assign", "writer", "--pool", "desktops", "--version", "2", "--delivery", "provision")).ExitCode.ShouldBe(0);

        sent.ShouldBe(new AssignAppRequest("2", null, null, "desktops", PackageDelivery.Provision));
    }

    [Fact]
    public async Task Capture_WithOptions_SendsThemAndFollowsToItsEnd()
    {
        BeginCaptureRequest? sent = null;
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, "echo hello\n", TestContext.Current.CancellationToken);
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapPost("/api/v1/captures", (BeginCaptureRequest request) =>
            {
                sent = request;
                return Results.Accepted(null, Starting);
            });
            app.MapGet("/api/v1/captures/c1/events", context => OperationStream.WriteAsync(
                context, Starting with { State = CaptureState.Installing, Step = "installing" }, Starting with { State = CaptureState.Done, Step = null, EndedAt = Samples.Noon }));
        });

        var run = await server.RunAsync(
            "app", "capture", "writer", "--version", "2", "--image", "xfce@1a", "--package", "hello", "--deb", "/tmp/a.deb", "--script", script, "--base", "1", "--watch");
        File.Delete(script);

        run.ExitCode.ShouldBe(0);
        (sent!.Image, sent.ImageVersion, sent.Base, sent.Script).ShouldBe(("xfce", "1a", "1", "echo hello\n"));
        sent.Packages.ShouldBe(["hello"]);
        sent.Files.ShouldBe(["/tmp/a.deb"]);
        run.Error.ShouldContain("capture writer 2: installing");
        run.Out.ShouldContain("done");
    }

    [Fact]
    public async Task Capture_ThatFails_TellsTheFault()
    {
        var fault = new Fault(ErrorCode.CaptureFailed, "Nothing was changed.");
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapPost("/api/v1/captures/c1/finish", () => Starting with { State = CaptureState.Packing });
            app.MapGet("/api/v1/captures/c1/events", context => OperationStream.WriteAsync(context, Starting with { State = CaptureState.Failed, EndedAt = Samples.Noon, Fault = fault }));
        });

        var run = await server.RunAsync("capture", "finish", "c1", "--watch");

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("[CaptureFailed]");
    }

    [Fact]
    public async Task Export_ToAFileThatIsThere_IsRefusedAndANewOneIsWritten()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/apps/writer/packages/1/file", () => Results.Bytes("hsqs"u8.ToArray())));
        var file = Path.Combine(server.DataDirectory, "writer.squashfs");

        (await server.RunAsync("app", "export", "writer", "1", file)).ExitCode.ShouldBe(0);

        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldBe("hsqs");
        (await server.RunAsync("app", "export", "writer", "1", file)).ExitCode.ShouldBe(ExitCodes.Refused);
    }

    [Theory]
    [InlineData("none", null)]
    [InlineData("3", "3")]
    public async Task Current_Version_IsSent(string typed, string? version)
    {
        SetCurrentRequest? sent = null;
        await using var server = await StubServer.StartAsync(app => app.MapPut("/api/v1/apps/writer/current", (SetCurrentRequest request) =>
        {
            sent = request;
            return Writer;
        }));

        (await server.RunAsync("app", "current", "writer", typed)).ExitCode.ShouldBe(0);

        sent!.Version.ShouldBe(version);
    }

    [Fact]
    public async Task Session_WithApps_ShowsThemAndWhatIsMissing()
    {
        var session = new SessionView("s1", "p", "p-1", "ann", Samples.Noon, true)
        {
            Apps =
            [
                new SessionApp("writer", "Writer", "1", PackageDelivery.Logon, true),
                new SessionApp("editor", "Editor", "2", PackageDelivery.Logon, false, new Fault(ErrorCode.PackageForeign, "It is foreign.")),
            ],
            Volume = "v1",
        };
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/sessions/s1", () => session));

        var run = await server.RunAsync("session", "show", "s1");

        run.Out.ShouldContain("writer 1, editor 2 (not there: ");
        run.Out.ShouldContain("v1");
    }
}
