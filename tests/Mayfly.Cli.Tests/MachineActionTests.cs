using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Builder;

namespace Mayfly.Cli.Tests;

public sealed class MachineActionTests
{
    [Theory]
    [InlineData("POST /api/v1/machines/m1/reset", "reset", "m1")]
    [InlineData("POST /api/v1/machines/m1/restart", "restart", "m1")]
    [InlineData("POST /api/v1/machines/m1/recover", "recover", "m1")]
    [InlineData("POST /api/v1/machines/m1/rebuild", "rebuild", "m1")]
    [InlineData("PUT /api/v1/machines/m1/maintenance", "maintenance", "on", "m1")]
    [InlineData("DELETE /api/v1/machines/m1/maintenance", "maintenance", "off", "m1")]
    [InlineData("PUT /api/v1/machines/m1/owner/ada", "assign", "m1", "ada")]
    [InlineData("DELETE /api/v1/machines/m1/owner", "unassign", "m1")]
    public async Task Verb_Machine_GoesToItsEndpoint(string expected, params string[] arguments)
    {
        var machine = Samples.Machine() with { Operation = "rebuild", Owner = "ada" };
        await using var server = await StubServer.StartAsync(app => app.MapFallback(() => machine));

        var run = await server.RunAsync(["machine", .. arguments]);

        run.ExitCode.ShouldBe(0);
        server.Requests.ShouldBe([expected]);
        run.Out.ShouldContain("rebuild");
        run.Out.ShouldContain("ada");
    }

    [Fact]
    public async Task Reset_OperationInProgress_IsBusyAndNamesIt()
    {
        await using var server = await StubServer.StartAsync(app => app.MapPost(
            "/api/v1/machines/{machine}/reset", () => Samples.Problem(ErrorCode.Busy, 409, "m1 is being rebuilt.")));

        var run = await server.RunAsync("machine", "reset", "m1");

        run.ExitCode.ShouldBe(ExitCodes.Busy);
        run.Error.ShouldContain("m1 is being rebuilt.");
    }

    [Fact]
    public async Task HostUsage_Table_TellsTheHostAndEachMachine()
    {
        await using var server = await StartAsync();

        var run = await server.RunAsync("host", "usage");

        run.Out.ShouldContain("8 GiB, 3 GiB still to be had");
        run.Out.ShouldContain("desktops-1");
        run.Out.ShouldContain("64 MiB");
    }

    [Fact]
    public async Task HostUsage_Json_IsTheApisRecord()
    {
        await using var server = await StartAsync();

        var run = await server.RunAsync("host", "usage", "-o", "json");

        JsonDocument.Parse(run.Out).RootElement.GetProperty("sharedBytes").GetInt64().ShouldBe(1L << 30);
    }

    private static Task<StubServer> StartAsync() => StubServer.StartAsync(app => app.MapGet(
        "/api/v1/host/usage",
        () => new HostUsageView(8L << 30, 3L << 30, 1L << 30, 64 << 20, 20L << 30, [new MachineUsageView("desktops-1", "desktops", 64 << 20, 5 << 20)])));
}
