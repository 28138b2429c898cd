using System.Text.Json;
using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mayfly.Cli.Tests;

public sealed class PeopleTests
{
    private static readonly UserView Ada = new("ada", "Ada", true)
    {
        Groups = ["staff"],
        LastSignInAt = Samples.Noon,
    };

    [Theory]
    [InlineData("DELETE /api/v1/users/ada", "user", "remove", "ada")]
    [InlineData("DELETE /api/v1/users/ada/lock", "user", "unlock", "ada")]
    [InlineData("DELETE /api/v1/users/ada/sign-ins", "user", "sign-out", "ada")]
    [InlineData("DELETE /api/v1/users/ada/second-factor", "user", "second-factor", "remove", "ada")]
    [InlineData("DELETE /api/v1/groups/staff", "group", "remove", "staff")]
    [InlineData("PUT /api/v1/groups/staff/members/ada", "group", "add-member", "staff", "ada")]
    [InlineData("DELETE /api/v1/groups/staff/members/ada", "group", "remove-member", "staff", "ada")]
    [InlineData("DELETE /api/v1/roles/r1", "role", "revoke", "r1")]
    [InlineData("DELETE /api/v1/tokens/t1", "token", "revoke", "t1")]
    [InlineData("PUT /api/v1/pools/den/entitlements/groups/staff", "entitlement", "add", "den", "--group", "staff")]
    [InlineData("DELETE /api/v1/pools/den/entitlements/users/ada", "entitlement", "remove", "den", "ada")]
    [InlineData("POST /api/v1/sessions/s1/disconnect", "session", "disconnect", "s1")]
    [InlineData("DELETE /api/v1/sessions/s1", "session", "logoff", "s1")]
    public async Task Deed_Named_GoesToItsEndpointAndIsConfirmed(string expected, params string[] arguments)
    {
        await using var server = await StubServer.StartAsync(app => app.MapFallback(() => Results.NoContent()));

        var run = await server.RunAsync(arguments);

        run.ExitCode.ShouldBe(0);
        server.Requests.ShouldBe([expected]);
        run.Out.ShouldEndWith($".{Environment.NewLine}");
    }

    [Theory]
    [InlineData("entitlement", "add", "den")]
    [InlineData("entitlement", "add", "den", "ada", "--group", "staff")]
    [InlineData("role", "grant", "help-desk")]
    public async Task Holder_NoneOrTwo_IsAUsageErrorAndNothingIsSent(params string[] arguments)
    {
        await using var server = await StubServer.StartAsync(_ => { });

        var run = await server.RunAsync(arguments);

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task RoleGrant_GroupAndPool_AreSent()
    {
        GrantRoleRequest? sent = null;
        await using var server = await StubServer.StartAsync(app => app.MapPost("/api/v1/roles", (GrantRoleRequest request) =>
        {
            sent = request;
            return new RoleGrantView("r1", request.Role, request.User, request.Group, request.Pool);
        }));

        var run = await server.RunAsync("role", "grant", "help-desk", "--group", "staff", "--pool", "den");

        sent.ShouldBe(new GrantRoleRequest(Role.HelpDesk, null, "staff", "den"));
        run.Out.ShouldContain("help-desk");
    }

    [Fact]
    public async Task UserList_Parts_AreReadToTheEnd()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/users", (string? after) =>
            after is null ? new Page<UserView>([Ada], "ada", 2) : new Page<UserView>([Ada with { Name = "bob" }], null, 2)));

        var run = await server.RunAsync("user", "list", "--search", "a", "-o", "json");

        JsonDocument.Parse(run.Out).RootElement.EnumerateArray().Select(user => user.GetProperty("name").GetString()).ShouldBe(["ada", "bob"]);
        server.Requests.ShouldBe(["GET /api/v1/users?search=a&limit=1000", "GET /api/v1/users?search=a&limit=1000&after=ada"]);
    }

    [Theory]
    [InlineData("""{"items":null,"next":null,"total":0}""")]
    [InlineData("""{"items":[null],"next":null,"total":1}""")]
    [InlineData("""{"items":[],"next":"again","total":1}""")]
    [InlineData("""[{"name":null,"displayName":"x","administrator":false}]""")]
    [InlineData("""[{"displayName":"x"}]""")]
    [InlineData("[1]")]
    [InlineData("\"users\"")]
    [InlineData("null")]
    public async Task UserList_AnswerThatIsNone_SaysSo(string answer)
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/users", () => Results.Text(answer, "application/json")));

        var run = await server.RunAsync("user", "list");

        run.ExitCode.ShouldBe(ExitCodes.Failed);
        run.Error.ShouldContain("[UnexpectedAnswer]");
    }

    [Fact]
    public async Task UserShow_NameThatSteersTheTerminal_IsMadeHarmless()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet(
            "/api/v1/users/{user}", () => Ada with { DisplayName = "\u001b[2J\u009bgone\u0007" }));

        var run = await server.RunAsync("user", "show", "ada");

        run.Out.ShouldContain("gone");
        run.Out.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r')).ShouldBeFalse();
    }

    [Theory]
    [InlineData("enable", true)]
    [InlineData("disable", false)]
    public async Task EnableDisable_User_ChangesThatAlone(string verb, bool expected)
    {
        ChangeUserRequest? sent = null;
        await using var server = await StubServer.StartAsync(app => app.MapPut("/api/v1/users/{user}", (ChangeUserRequest request) =>
        {
            sent = request;
            return Ada with { Enabled = request.Enabled!.Value };
        }));

        (await server.RunAsync("user", verb, "ada")).ExitCode.ShouldBe(0);

        sent.ShouldBe(new ChangeUserRequest(null, expected));
    }

    [Fact]
    public async Task UserPassword_FromFile_IsSent()
    {
        SetPasswordRequest? sent = null;
        await using var server = await StubServer.StartAsync(app => app.MapPut("/api/v1/users/{user}/password", (SetPasswordRequest request) =>
        {
            sent = request;
            return new PasswordSet(null);
        }));
        var file = Path.Combine(server.DataDirectory, "password");
        await File.WriteAllTextAsync(file, "from a file\n", TestContext.Current.CancellationToken);

        var run = await server.RunAsync("user", "password", "ada", "--password-file", file);

        sent!.Password.ShouldBe("from a file");
        run.Out.ShouldBe($"The password of ada is set.{Environment.NewLine}");
    }

    [Theory]
    [InlineData("--password-file", "/nonexistent")]
    [InlineData("--password-file", "/dev/null")]
    [InlineData("--password-stdin", "--password-file", "/dev/null")]
    public async Task UserPassword_NoneToBeHad_IsAUsageErrorAndNothingIsSent(params string[] options)
    {
        await using var server = await StubServer.StartAsync(_ => { });

        var run = await server.RunAsync(["user", "password", "ada", .. options]);

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task PersonShow_Person_TellsAllOfThem()
    {
        var session = new SessionView("s1", "den", "den-1", "ada", Samples.Noon, true);
        var person = new PersonView(
            Ada, [new PersonDesktop("den", "The den", "staff")], [session], [Samples.Machine()],
            [new SignInView("i1", "ada", "192.0.2.7", "Firefox", Samples.Noon, Samples.Noon, false)],
            [new EventView(7, Samples.Noon, "error", "machine.failed", "It failed.", null, "den", "den-1")]);
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/users/{user}/person", () => person));

        var shown = (await server.RunAsync("person", "show", "ada")).Out;

        foreach (var part in (string[])["staff", "The den", "s1", "connected", "desktops-1", "192.0.2.7", "It failed."])
            shown.ShouldContain(part);
    }

    [Fact]
    public async Task SessionMessage_Text_IsSent()
    {
        SendMessageRequest? sent = null;
        await using var server = await StubServer.StartAsync(app => app.MapPost("/api/v1/sessions/{session}/message", (SendMessageRequest request) =>
        {
            sent = request;
            return Results.NoContent();
        }));

        (await server.RunAsync("session", "message", "s1", "Please save.")).ExitCode.ShouldBe(0);

        sent!.Message.ShouldBe("Please save.");
    }

    [Fact]
    public async Task SettingsSet_OneOption_LeavesTheOthersAsTheyAre()
    {
        HouseSettings? sent = null;
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapGet("/api/v1/settings", () => new HouseSettings { EventDays = 7, SignInText = "Hello" });
            app.MapPut("/api/v1/settings", (HouseSettings wanted) => sent = wanted);
        });

        var run = await server.RunAsync("settings", "set", "--syslog", "udp://log.example.org", "--session-days", "30", "--persona-versions", "3", "--persona-quota", "64", "--persona-minutes", "30", "--sign-in-text", "");

        sent.ShouldBe(new HouseSettings { EventDays = 7, SessionDays = 30, PersonaVersions = 3, PersonaQuotaMib = 64, PersonaMinutes = 30, Syslog = new SyslogSettings("log.example.org", 514, SyslogTransport.Udp) });
        run.Out.ShouldContain("udp://log.example.org:514");
    }

    [Theory]
    [InlineData("GET /api/v1/machines?pool=den&state=AgentUnreachable&user=ada&host=h2&search=1&limit=1000", "machine", "list", "--pool", "den", "--state", "agent-unreachable", "--user", "ada", "--host", "h2", "--search", "1")]
    [InlineData("GET /api/v1/sessions?pool=den&user=ada&machine=den-1&state=open&limit=1000", "session", "list", "--pool", "den", "--user", "ada", "--machine", "den-1", "--state", "open")]
    [InlineData("GET /api/v1/events?limit=100&level=error&kind=machine.ready&pool=den", "event", "list", "--level", "error", "--kind", "machine.ready", "--pool", "den")]
    [InlineData("GET /api/v1/tokens?user=ada", "token", "list", "--user", "ada")]
    public async Task List_Filters_AreSent(string expected, params string[] arguments)
    {
        await using var server = await StubServer.StartAsync(app => app.MapFallback(() => Results.Text("""{"items":[],"next":null,"total":0}""", "application/json")));

        (await server.RunAsync(arguments)).ExitCode.ShouldBe(0);

        server.Requests.ShouldBe([expected]);
    }
}
