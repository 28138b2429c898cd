using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mayfly.Cli.Tests;

public sealed class ConnectionTests
{
    [Fact]
    public async Task Run_NoSocket_SaysSoAndHowToStartIt()
    {
        var run = await CliRun.OfAsync(new() { ["MAYFLY_DATA"] = "/nonexistent/mayfly" }, "pool", "list");

        run.ExitCode.ShouldBe(ExitCodes.ServerUnreachable);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldStartWith("No mayflyd answers at /nonexistent/mayfly/mayflyd.sock: there is no such socket. [ServerUnreachable]");
        run.Error.ShouldContain("systemctl start mayflyd");
        run.Error.ShouldContain("make run");
    }

    [Fact]
    public async Task Run_SocketNamed_IsLookedForThere()
    {
        var run = await CliRun.OfAsync(new() { ["MAYFLY_DATA"] = "/nonexistent/mayfly", ["MAYFLY_SOCKET"] = "/nonexistent/other.sock" }, "pool", "list");
        run.ExitCode.ShouldBe(ExitCodes.ServerUnreachable);
        run.Error.ShouldContain("/nonexistent/other.sock");
    }

    [Fact]
    public async Task Run_SocketLeftByDeadServer_SaysNothingListens()
    {
        var directory = StubServer.NewDirectory();
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
            socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(directory, "mayflyd.sock")));

        var run = await CliRun.OfAsync(new() { ["MAYFLY_DATA"] = directory }, "doctor");

        run.ExitCode.ShouldBe(ExitCodes.ServerUnreachable);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Run_UrlAndToken_GoesThereWithTheToken()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/pools", () => new[] { Samples.Pool() }));

        var run = await CliRun.OfAsync(new() { ["MAYFLY_URL"] = server.Url, ["MAYFLY_TOKEN"] = "secret" }, "pool", "list");

        run.ExitCode.ShouldBe(0);
        server.Requests.ShouldBe(["GET /api/v1/pools Bearer secret"]);
    }

    [Fact]
    public async Task Run_UrlThatIsNone_IsAUsageError()
    {
        var run = await CliRun.OfAsync(new() { ["MAYFLY_URL"] = "here" }, "pool", "list");

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        run.Error.ShouldContain("MAYFLY_URL is \"here\"");
    }

    [Fact]
    public async Task Run_AnswerIsNotJson_SaysSo()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/pools", () => "<html>"));

        var run = await server.RunAsync("pool", "list");

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("[UnexpectedAnswer]");
    }

    [Fact]
    public async Task Run_ServerErrorWithoutCode_SaysSo()
    {
        await using var server = await StubServer.StartAsync(app =>
            app.MapGet("/api/v1/doctor", IResult () => Results.StatusCode(500)));

        var run = await server.RunAsync("doctor");

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("500");
    }
}
