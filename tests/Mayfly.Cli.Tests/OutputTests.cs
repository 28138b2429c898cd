using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mayfly.Cli.Tests;

public sealed class OutputTests
{
    [Theory]
    [InlineData("--version", "0.")]
    [InlineData("--help", "Description:")]
    public async Task Run_QuestionAboutItself_IsAnsweredOnStandardOutput(string option, string answer)
    {
        var run = await CliRun.OfAsync([], option);

        (run.ExitCode, run.Error).ShouldBe((0, ""));
        run.Out.ShouldStartWith(answer);
    }

    [Fact]
    public async Task PoolList_Table_HasOneLineAPool()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/pools", () => new[] { Samples.Pool() }));

        var run = await server.RunAsync("pool", "list");

        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBeEmpty();
        run.Out.Split('\n').Count(line => line.Contains("desktops", StringComparison.Ordinal)).ShouldBe(1);
        run.Out.ShouldContain("1a2b3c4d");
        run.Out.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task MachineList_Json_IsTheApisRecord()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/machines", () => new Page<MachineView>([Samples.Machine()], null, 1)));

        var run = await server.RunAsync("machine", "list", "--output", "json");

        using var json = JsonDocument.Parse(run.Out);
        var machine = json.RootElement[0];
        machine.GetProperty("state").GetString().ShouldBe("Available");
        machine.GetProperty("timeline").GetProperty("readyMs").GetDouble().ShouldBe(320);
    }

    [Fact]
    public async Task MachineFork_WithTrace_ShowsEachStepBelowItsOwn()
    {
        await using var server = await StubServer.StartAsync(app => app.MapPost(
            "/api/v1/pools/{pool}/machines", () => Samples.Machine() with { Trace = [new ForkStep("clone-prep", 0, 9_200, 88_000), new ForkStep("entropy", 1, 9_300, 410)] }));

        var run = await server.RunAsync("machine", "fork", "desktops", "--trace");

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain("clone-prep   9200 µs   88000 µs");
        run.Out.ShouldContain("  entropy    9300 µs   410 µs");
        (await server.RunAsync("machine", "fork", "desktops")).Out.ShouldNotContain("entropy");
    }

    [Fact]
    public async Task PoolShow_NotThere_TellsWhatWhyRemedyAndCode()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet(
            "/api/v1/pools/{pool}", (string pool) => Samples.Problem(ErrorCode.NotFound, 404, $"There is no pool {pool}.")));

        var run = await server.RunAsync("pool", "show", "den");

        run.ExitCode.ShouldBe(ExitCodes.NotFound);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldBe($"There is no pool den. Because of this. [NotFound]{Environment.NewLine}Do that.{Environment.NewLine}");
    }

    [Fact]
    public async Task PoolDelete_Json_NamesWhatIsGone()
    {
        await using var server = await StubServer.StartAsync(app => app.MapDelete("/api/v1/pools/{pool}", () => Results.NoContent()));

        var run = await server.RunAsync("pool", "delete", "den", "-o", "json");

        run.ExitCode.ShouldBe(0);
        JsonDocument.Parse(run.Out).RootElement.GetProperty("deleted").GetString().ShouldBe("den");
    }

    [Fact]
    public async Task UserAdd_GeneratedPassword_IsShown()
    {
        await using var server = await StubServer.StartAsync(app => app.MapPost(
            "/api/v1/users", (AddUserRequest request) => new UserAdded(new UserView(request.Name, request.Name, request.Administrator), "made-up")));

        var run = await server.RunAsync("user", "add", "ada", "--administrator");

        run.Out.ShouldBe($"User ada is added. Password, shown this once: made-up{Environment.NewLine}");
    }

    [Fact]
    public async Task UserAdd_PasswordFromInput_IsSent()
    {
        AddUserRequest? sent = null;
        await using var server = await StubServer.StartAsync(app => app.MapPost("/api/v1/users", (AddUserRequest request) =>
        {
            sent = request;
            return new UserAdded(new UserView(request.Name, request.Name, false), null);
        }));

        await server.RunAsync("user", "add", "ada", "--password-stdin");

        sent!.Password.ShouldBe("from standard input");
    }

    [Fact]
    public async Task UserToken_Made_IsPrintedAlone()
    {
        await using var server = await StubServer.StartAsync(app => app.MapPost("/api/v1/tokens", (MakeTokenRequest request) =>
            new MadeToken("secret", new ApiTokenView("id", request.User!, request.Label, DateTimeOffset.UnixEpoch, null, null))));

        (await server.RunAsync("user", "token", "ada")).Out.ShouldBe($"secret{Environment.NewLine}");
    }

    [Theory]
    [InlineData("GET /api/v1/events?limit=100", "event", "list")]
    [InlineData("GET /api/v1/events?limit=5&after=7", "event", "list", "--after", "7", "--limit", "5")]
    [InlineData("DELETE /api/v1/pools/den", "pool", "delete", "den")]
    [InlineData("DELETE /api/v1/pools/den?force=true", "pool", "delete", "den", "--force")]
    public async Task Run_Option_IsSentInTheQuery(string expected, params string[] arguments)
    {
        await using var server = await StubServer.StartAsync(app => app.MapFallback(() => new Page<EventView>([], null, 0)));

        await server.RunAsync(arguments);

        server.Requests.ShouldBe([expected]);
    }

    [Theory]
    [InlineData("ok", 0)]
    [InlineData("warning", 0)]
    [InlineData("error", ExitCodes.HostUnfit)]
    public async Task Doctor_Check_DecidesTheExitCode(string level, int expected)
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/doctor", () => Samples.Doctor(level)));

        var run = await server.RunAsync("doctor");

        run.ExitCode.ShouldBe(expected);
        run.Out.ShouldContain("Install qemu-system-x86.");
        run.Out.ShouldContain("no isolation");
    }

    [Fact]
    public async Task EntitlementAdd_Names_AreEscapedInThePath()
    {
        await using var server = await StubServer.StartAsync(app => app.MapPut(
            "/api/v1/pools/{pool}/entitlements/users/{user}", () => Results.NoContent()));

        var run = await server.RunAsync("entitlement", "add", "den", "a/b");

        run.ExitCode.ShouldBe(0);
        server.Requests[0].ShouldContain("/entitlements/users/a%2Fb");
    }
}
