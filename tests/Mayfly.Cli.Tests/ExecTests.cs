using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Builder;

namespace Mayfly.Cli.Tests;

public sealed class ExecTests
{
    private ExecMachineRequest? _sent;

    [Fact]
    public async Task Exec_ProgramFails_PassesOnOutputAndStatus()
    {
        await using var server = await StartAsync(new ExecMachineResult(42, "out\n", "err\n", false));

        var run = await server.RunAsync("machine", "exec", "m1", "--timeout", "5", "--", "ls", "-l", "--output");

        run.ShouldBe(new CliRun(42, "out\n", "err\n"));
        _sent!.Command.ShouldBe(["ls", "-l", "--output"]);
        _sent.TimeoutSeconds.ShouldBe(5);
    }

    [Fact]
    public async Task Exec_Json_HoldsTheStatusToo()
    {
        await using var server = await StartAsync(new ExecMachineResult(3, "out", "", false));

        var run = await server.RunAsync("machine", "exec", "m1", "-o", "json", "--", "true");

        run.ExitCode.ShouldBe(3);
        JsonDocument.Parse(run.Out).RootElement.GetProperty("exitCode").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Exec_OutputCut_IsSaid()
    {
        await using var server = await StartAsync(new ExecMachineResult(0, "out", "", true));

        (await server.RunAsync("machine", "exec", "m1", "--", "true")).Error.ShouldContain("has been cut");
    }

    [Fact]
    public async Task Exec_AgentSilent_IsAFailureOfMayfly()
    {
        await using var server = await StubServer.StartAsync(app => app.MapPost(
            "/api/v1/machines/{machine}/exec", () => Samples.Problem(ErrorCode.AgentSilent, 502)));

        var run = await server.RunAsync("machine", "exec", "m1", "--", "true");

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("[AgentSilent]");
    }

    private Task<StubServer> StartAsync(ExecMachineResult result) =>
        StubServer.StartAsync(app => app.MapPost("/api/v1/machines/{machine}/exec", (ExecMachineRequest request) =>
        {
            _sent = request;
            return result;
        }));
}
