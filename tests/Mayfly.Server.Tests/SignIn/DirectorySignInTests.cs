using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mayfly.Contracts.Api;
using Mayfly.DirectoryKit;

namespace Mayfly.Server.Tests.SignIn;

/// <summary>Sign-in through a whole mayflyd with the passwords of a real slapd.</summary>
public sealed class DirectorySignInTests : IAsyncLifetime
{
    private Daemon _daemon = null!;
    private OpenLdap _directory = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OpenLdap.Missing() is not null, OpenLdap.Missing() ?? "");
        _directory = await OpenLdap.StartAsync();
        _daemon = await Daemon.StartAsync(TimeProvider.System);
        using var local = _daemon.Local();
        (await local.PutAsJsonAsync("/api/v1/directories/school", new SetDirectoryRequest(_directory.Settings), Daemon.Json)).EnsureSuccessStatusCode();
        (await local.PostAsJsonAsync("/api/v1/groups", new AddGroupRequest("analysts", null, "school", "analysts"))).EnsureSuccessStatusCode();
        (await local.PostAsJsonAsync("/api/v1/roles", new GrantRoleRequest(Role.HelpDesk, Group: "analysts"), Daemon.Json)).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null) await _daemon.DisposeAsync();
        if (_directory is not null) await _directory.DisposeAsync();
    }

    [Fact]
    public async Task Login_WithTheDirectorysPassword_MakesTheUserWithTheRolesOfTheirGroups()
    {
        using var client = _daemon.Anonymous();
        var answer = await client.PostAsJsonAsync("/api/v1/login", new LoginRequest("ada", "password of ada"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var me = (await answer.Content.ReadFromJsonAsync<MeView>(Daemon.Json))!;
        (me.Name, me.Source).ShouldBe(("ada", "school"));
        me.Permissions.ShouldContain(permission => permission.Permission == Permission.OperateSessions);
        using var local = _daemon.Local();
        (await local.GetFromJsonAsync<UserView>("/api/v1/users/ada", Daemon.Json))!.Groups.ShouldBe(["analysts"]);
    }

    [Fact]
    public async Task Login_OfAnUnknownWrongOrClosedAccount_IsRefusedAlike()
    {
        using var client = _daemon.Anonymous();
        foreach (var (user, password) in new[] { ("ada", "wrong"), ("nobody", "wrong"), ("gone", "password of gone"), ("*", "password of ada") })
        {
            var answer = await client.PostAsJsonAsync("/api/v1/login", new LoginRequest(user, password));
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, user);
            (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString().ShouldBe("The user name or the password is wrong.", user);
        }
    }

    [Fact]
    public async Task Login_OfOneNameWrittenInManyWays_IsPausedAsOneName()
    {
        using var client = _daemon.Anonymous();
        await LoginAsync("ada", "password of ada", HttpStatusCode.OK);
        foreach (var way in new[] { "ada", "Ada", "aDa", "adA", "ADA" }) await LoginAsync(way, "wrong", HttpStatusCode.Unauthorized);

        foreach (var way in new[] { "ada", "AdA" }) await LoginAsync(way, "password of ada", HttpStatusCode.TooManyRequests);

        using var local = _daemon.Local();
        (await local.GetFromJsonAsync<UserView>("/api/v1/users/ada", Daemon.Json))!.LockedUntil.ShouldNotBeNull();

        async Task LoginAsync(string user, string password, HttpStatusCode expected) =>
            (await client.PostAsJsonAsync("/api/v1/login", new LoginRequest(user, password))).StatusCode.ShouldBe(expected, user);
    }

    [Fact]
    public async Task Login_OfALocalUsersName_IsNeverTheDirectorys()
    {
        using var local = _daemon.Local();
        (await local.PostAsJsonAsync("/api/v1/users", new AddUserRequest("ada", null, "a local password"))).EnsureSuccessStatusCode();
        using var client = _daemon.Anonymous();
        (await client.PostAsJsonAsync("/api/v1/login", new LoginRequest("ada", "password of ada"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await client.PostAsJsonAsync("/api/v1/login", new LoginRequest("ada", "password of ada", null, "school"))).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await client.PostAsJsonAsync("/api/v1/login", new LoginRequest("ada", "a local password"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Login_WhileTheDirectoryIsGone_SaysThatItIsNotThePasswordAndLocalUsersGetIn()
    {
        using var local = _daemon.Local();
        (await local.PostAsJsonAsync("/api/v1/users", new AddUserRequest("bob", null, "a local password"))).EnsureSuccessStatusCode();
        await _directory.KillAsync();
        using var client = _daemon.Anonymous();
        var answer = await client.PostAsJsonAsync("/api/v1/login", new LoginRequest("ada", "password of ada"));
        answer.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("dc=mayfly");
        (await client.PostAsJsonAsync("/api/v1/login", new LoginRequest("bob", "a local password"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Directories_Listed_ShowNoSecretAndKeepItWhenChanged()
    {
        using var local = _daemon.Local();
        (await local.GetStringAsync("/api/v1/directories")).ShouldNotContain(_directory.Settings.BindPassword!);
        var changed = _directory.Settings with { BindPassword = null, TimeoutSeconds = 5 };
        (await local.PutAsJsonAsync("/api/v1/directories/school", new SetDirectoryRequest(changed), Daemon.Json)).EnsureSuccessStatusCode();
        var report = await (await local.PostAsync("/api/v1/directories/school/test", null)).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<DirectoryTestReport>(Daemon.Json);
        report!.Ldap!.Users.ShouldBePositive();
        (await local.GetStringAsync("/api/v1/events?limit=1000")).ShouldNotContain(_directory.Settings.BindPassword!);
        (await local.DeleteAsync("/api/v1/directories/school")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }
}
