using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mayfly.Cli.Tests;

public sealed class PersonaTests
{
    private static readonly PersonaView Ann = new("ann", 2, 20480, 900, 1, Samples.Noon, "p-1");

    private static readonly PersonaDetails Details = new(Ann, [new PersonaPartView("git", "Git", [new PersonaVersionView("v1", PersonaArchiveState.Current, Samples.Noon, "p-0", 10240, 300)])]);

    private static readonly FlexConfigView Git = new("git", "Git", true, FlexConfigOrigin.Ready, "displayName: Git\ninclude: [.gitconfig]\n");

    [Fact]
    public async Task List_Personas_TellsSizesAndHeldOnes()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/personas", () => new Page<PersonaView>([Ann], null, 1)));

        var run = await server.RunAsync("persona", "list", "--search", "a");

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain("20 KiB");
        run.Out.ShouldContain("p-1");
    }

    [Theory]
    [InlineData("GET /api/v1/personas/ann", "persona", "show", "ann")]
    [InlineData("POST /api/v1/personas/ann/git/restore", "persona", "restore", "ann", "git", "v1")]
    [InlineData("POST /api/v1/personas/ann/git/reset", "persona", "reset", "ann", "git")]
    [InlineData("DELETE /api/v1/personas/ann", "persona", "remove", "ann")]
    [InlineData("DELETE /api/v1/flex-configs/git", "flex-config", "remove", "git")]
    public async Task Deed_OnSettings_AsksForIt(string asked, params string[] line)
    {
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapGet("/api/v1/personas/ann", () => Details);
            app.MapPost("/api/v1/personas/ann/git/{deed}", () => Details);
            app.MapDelete("/api/v1/personas/ann", () => Details);
            app.MapDelete("/api/v1/flex-configs/git", () => { });
        });

        (await server.RunAsync(line)).ExitCode.ShouldBe(0);

        server.Requests.ShouldBe([asked]);
    }

    [Fact]
    public async Task FlexConfig_ShowAndImport_IsTheSameFile()
    {
        SetFlexConfigRequest? sent = null;
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapGet("/api/v1/flex-configs", () => new[] { Git });
            app.MapPut("/api/v1/flex-configs/git", (SetFlexConfigRequest request) =>
            {
                sent = request;
                return Git;
            });
        });
        var file = Path.GetTempFileName();
        var shown = await server.RunAsync("flex-config", "show", "git");
        await File.WriteAllTextAsync(file, shown.Out, TestContext.Current.CancellationToken);

        (await server.RunAsync("flex-config", "import", "git", file)).ExitCode.ShouldBe(0);
        File.Delete(file);

        sent!.Yaml.ShouldBe(Git.Yaml);
        (await server.RunAsync("flex-config", "show", "other")).ExitCode.ShouldBe(ExitCodes.NotFound);
        (await server.RunAsync("flex-config", "import", "git", file)).Error.ShouldContain("can not be read");
    }

    [Fact]
    public async Task FlexConfig_RecordAndPropose_PrintsWhatCanBeImported()
    {
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapPut("/api/v1/machines/p-1/recording", () => { });
            app.MapGet("/api/v1/machines/p-1/recording", () => new FlexConfigProposal("displayName: New program\n", [".config/x"], []));
        });

        (await server.RunAsync("flex-config", "record", "p-1")).Out.ShouldContain("flex-config propose p-1");
        (await server.RunAsync("flex-config", "propose", "p-1")).Out.Trim().ShouldBe("displayName: New program");
    }

    [Fact]
    public async Task Environment_ShowImportAndRemove_IsTheSameFile()
    {
        var view = new EnvironmentView("staff", "Staff", true, "displayName: Staff\n");
        SetEnvironmentRequest? sent = null;
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapGet("/api/v1/environments", () => new[] { view });
            app.MapPut("/api/v1/environments/staff", (SetEnvironmentRequest request) =>
            {
                sent = request;
                return view;
            });
            app.MapDelete("/api/v1/environments/staff", () => { });
        });
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, (await server.RunAsync("environment", "show", "staff")).Out, TestContext.Current.CancellationToken);

        (await server.RunAsync("environment", "import", "staff", file)).ExitCode.ShouldBe(0);
        File.Delete(file);

        sent!.Yaml.ShouldBe(view.Yaml);
        (await server.RunAsync("environment", "list")).Out.ShouldContain("Staff");
        (await server.RunAsync("environment", "remove", "staff")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Predefined_AddListAndRemove_AskForIt()
    {
        var view = new PredefinedView("p1", "panel", "staff", null, true, "ann", Samples.Noon, 10240);
        PredefineRequest? sent = null;
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapGet("/api/v1/predefined-settings", () => new[] { view });
            app.MapPost("/api/v1/predefined-settings", (PredefineRequest request) =>
            {
                sent = request;
                return view;
            });
            app.MapDelete("/api/v1/predefined-settings/p1", () => { });
        });

        (await server.RunAsync("predefined", "add", "panel", "ann", "--group", "staff", "--environment", "office", "--enforced")).ExitCode.ShouldBe(0);
        sent.ShouldBe(new PredefineRequest("panel", "ann", Group: "staff", Enforced: true, Environment: "office"));
        (await server.RunAsync("predefined", "list")).Out.ShouldContain("staff");
        (await server.RunAsync("predefined", "remove", "p1")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Refusal_WithoutAReason_IsToldAllTheSame()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/personas/ann", () => Results.Problem(
            title: "There is no user 'ann'.", statusCode: 404, extensions: new Dictionary<string, object?> { ["code"] = "NotFound" })));

        var run = await server.RunAsync("persona", "show", "ann");

        run.ExitCode.ShouldBe(ExitCodes.NotFound);
        run.Error.ShouldContain("There is no user 'ann'.");
    }
}
