using System.Text.Json;
using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Builder;

namespace Mayfly.Cli.Tests;

public sealed class WorkspaceTests
{
    private static readonly Workspace Office = new() { DisplayName = "Office", Users = ["ann"], Groups = ["staff", "guests"], Pool = "p", Apps = ["writer"], Persona = true };

    private static readonly WorkspaceView Drifted = new("office", Office, [new WorkspaceDrift("'ann' may not use 'p'.", true)]);

    [Fact]
    public async Task Set_Workspace_SendsTheWholeOfIt()
    {
        Workspace? sent = null;
        await using var server = await StubServer.StartAsync(app => app.MapPut("/api/v1/workspaces/office", (Workspace workspace) =>
        {
            sent = workspace;
            return new WorkspaceView("office", workspace, []);
        }));

        var run = await server.RunAsync("workspace", "set", "office", "--pool", "p", "--user", "ann", "--group", "staff", "--group", "guests", "--app", "writer", "--persona", "--display-name", "Office");

        run.ExitCode.ShouldBe(0);
        JsonSerializer.Serialize(sent).ShouldBe(JsonSerializer.Serialize(Office));
        run.Out.ShouldContain("staff, guests");
    }

    [Theory]
    [InlineData("GET /api/v1/workspaces", "workspace", "list")]
    [InlineData("GET /api/v1/workspaces", "workspace", "show", "office")]
    [InlineData("POST /api/v1/workspaces/office/repair", "workspace", "repair", "office")]
    [InlineData("DELETE /api/v1/workspaces/office?withdraw=true", "workspace", "remove", "office", "--withdraw")]
    public async Task Verb_OnAWorkspace_AsksForIt(string asked, params string[] line)
    {
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapGet("/api/v1/workspaces", () => new[] { Drifted });
            app.MapPost("/api/v1/workspaces/office/repair", () => Drifted);
            app.MapDelete("/api/v1/workspaces/office", () => { });
        });

        (await server.RunAsync(line)).ExitCode.ShouldBe(0);

        server.Requests.ShouldBe([asked]);
    }

    [Fact]
    public async Task Show_DriftedWorkspace_TellsWhatIsNotAsItSays()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/workspaces", () => new[] { Drifted }));

        (await server.RunAsync("workspace", "show", "office")).Out.ShouldContain("'ann' may not use 'p'.");
        (await server.RunAsync("workspace", "show", "other")).ExitCode.ShouldBe(ExitCodes.NotFound);
    }
}
