using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mayfly.Cli.Tests;

public sealed class HostTests
{
    private static readonly HostView Second = new("h2", false, "https://10.0.0.2:8008/", HostState.Online) { Machines = 7, InUse = 3, MemoryBytes = 8L << 30, AvailableBytes = 2L << 30 };

    private static readonly DoctorReport Able = new("10.0", "kvm", "It runs.", true, []);

    [Fact]
    public async Task Add_Token_SendsItWhole()
    {
        AddHostRequest? sent = null;
        await using var server = await StubServer.StartAsync(app => app.MapPost("/api/v1/hosts", (AddHostRequest request) =>
        {
            sent = request;
            return Second;
        }));

        var run = await server.RunAsync("host", "add", "mayfly-host://10.0.0.2:8008/?key=00&secret=11", "--name", "h2");

        run.ExitCode.ShouldBe(0);
        sent.ShouldBe(new AddHostRequest("mayfly-host://10.0.0.2:8008/?key=00&secret=11", "h2"));
        run.Out.ShouldContain("8 GiB");
    }

    [Theory]
    [InlineData("GET /api/v1/hosts", "host", "list")]
    [InlineData("PUT /api/v1/hosts/h2", "host", "drain", "h2")]
    [InlineData("PUT /api/v1/hosts/h2", "host", "resume", "h2")]
    [InlineData("DELETE /api/v1/hosts/h2", "host", "remove", "h2")]
    [InlineData("GET /api/v1/authority", "host", "authority")]
    [InlineData("POST /api/v1/authority/exchange", "host", "authority", "--exchange")]
    [InlineData("GET /api/v1/hosts/h2/doctor", "doctor", "--host", "h2")]
    [InlineData("GET /api/v1/doctor", "doctor")]
    public async Task Verb_OnAHost_AsksForIt(string asked, params string[] line)
    {
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapGet("/api/v1/hosts", () => new[] { Second });
            app.MapPut("/api/v1/hosts/h2", (ChangeHostRequest change) => change.Maintenance == (line[1] == "drain") ? Results.Ok(Second) : Results.BadRequest());
            app.MapDelete("/api/v1/hosts/h2", () => { });
            app.MapGet("/api/v1/hosts/h2/doctor", () => Able);
            app.MapGet("/api/v1/doctor", () => Able);
            app.MapGet("/api/v1/authority", () => new HouseAuthorityView(new string('A', 64), DateTimeOffset.UnixEpoch, null));
            app.MapPost("/api/v1/authority/exchange", () => new HouseAuthorityView(new string('A', 64), DateTimeOffset.UnixEpoch, new AuthorityExchangeView(AuthorityExchangeStep.Announced, ["h2"])));
        });

        (await server.RunAsync(line)).ExitCode.ShouldBe(0);

        server.Requests.ShouldBe([asked]);
    }
}
