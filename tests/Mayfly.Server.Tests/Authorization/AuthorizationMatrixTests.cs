using System.Net.Http.Headers;
using System.Net.Http.Json;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.TestKit;

namespace Mayfly.Server.Tests.Authorization;

/// <summary>Every operation of the OpenAPI document against every role, over the house, over one pool, and over another.</summary>
public sealed class AuthorizationMatrixTests : IAsyncLifetime
{
    private const string Refused = "You may not do this.";
    private Daemon _daemon = null!;

    public async ValueTask InitializeAsync() => _daemon = await Daemon.StartAsync();

    public async ValueTask DisposeAsync() => await _daemon.DisposeAsync();

    [Fact]
    public async Task Document_Operations_EachHaveAnExpectation()
    {
        using var client = _daemon.Anonymous();
        var written = Expectations.Anybody.Concat(Expectations.Users).Concat(Expectations.Permissions.Keys).Order().ToList();
        (await Operation.AllAsync(client)).Select(operation => operation.Id).Order().ShouldBe(written);
    }

    [Fact]
    public async Task Anonymous_EveryOperation_IsUnauthenticated()
    {
        using var client = _daemon.Anonymous();
        foreach (var operation in (await Operation.AllAsync(client)).Where(operation => !Expectations.Anybody.Contains(operation.Id)))
            (await operation.CallAsync(client, Nothing)).Status.ShouldBe(401, operation.ToString());
    }

    [Fact]
    public async Task User_WithoutARole_IsRefusedAllThatIsNotTheirOwn()
    {
        using var client = await CallerAsync("ann", null, null);
        foreach (var operation in await Operation.AllAsync(client)) await CheckAsync(operation, client, Nothing, Expectations.Permissions.ContainsKey(operation.Id) ? null : true);
    }

    [Theory]
    [InlineData(Role.Administrator)]
    [InlineData(Role.ReadOnlyAdministrator)]
    [InlineData(Role.HelpDesk)]
    [InlineData(Role.ImageManager)]
    public async Task Role_OverTheHouse_MayDoWhatItsTableSaysAndNoMore(Role role)
    {
        using var client = await CallerAsync("ann", role, null);
        var rights = AccessRights.Of([(role, null)]);
        foreach (var operation in await Operation.AllAsync(client))
        {
            var allowed = !Expectations.Permissions.TryGetValue(operation.Id, out var permission) || rights.Allows(permission);
            await CheckAsync(operation, client, Nothing, allowed);
        }
    }

    [Theory]
    [InlineData(Role.Administrator)]
    [InlineData(Role.ReadOnlyAdministrator)]
    [InlineData(Role.HelpDesk)]
    [InlineData(Role.ImageManager)]
    public async Task Role_OverOnePool_EndsAtItsBorders(Role role)
    {
        await AddPoolAsync("mine");
        await AddPoolAsync("other");
        using var client = await CallerAsync("ann", role, "mine");
        var rights = AccessRights.Of([(role, "mine")]);
        // What removes things comes last, so that there is something to name until then.
        foreach (var operation in (await Operation.AllAsync(client)).OrderBy(o => o.Method == HttpMethod.Delete).ThenBy(o => o.Id is "DeleteMachine" or "DeletePool").ThenBy(o => o.Id == "DeletePool"))
        {
            if (!Expectations.Permissions.TryGetValue(operation.Id, out var permission)) continue;
            var mine = Expectations.Scoped.Contains(operation.Id) ? rights.ScopeOf(permission).Any : operation.NamesPool && rights.Allows(permission, "mine");
            await CheckAsync(operation, client, Names("other"), Expectations.Scoped.Contains(operation.Id) && mine);
            await CheckAsync(operation, client, Names("mine"), mine);
        }
    }

    [Fact]
    public async Task Lists_ForARoleOverOnePool_HoldNothingOfAnother()
    {
        await AddPoolAsync("mine");
        await AddPoolAsync("other");
        using var client = await CallerAsync("ann", Role.ReadOnlyAdministrator, "mine");
        foreach (var path in new[] { "/api/v1/pools", "/api/v1/machines", "/api/v1/events" })
        {
            var text = await client.GetStringAsync(path);
            text.ShouldContain("mine", Case.Sensitive, path);
            text.ShouldNotContain("other", Case.Sensitive, path);
        }
    }

    [Fact]
    public async Task Role_TakenBack_EndsWithTheNextRequest()
    {
        using var client = await CallerAsync("ann", Role.HelpDesk, null);
        (await client.GetAsync("/api/v1/users")).IsSuccessStatusCode.ShouldBeTrue();
        using var local = _daemon.Local();
        var grants = (await local.GetFromJsonAsync<RoleGrantView[]>("/api/v1/roles", Daemon.Json))!;
        (await local.DeleteAsync($"/api/v1/roles/{grants.Single().Id}")).EnsureSuccessStatusCode();
        ((int)(await client.GetAsync("/api/v1/users")).StatusCode).ShouldBe(403);
    }

    [Fact]
    public async Task PublishMachine_WithWhatSomebodyHasInIt_TakesTheRightToManageMachinesToo()
    {
        await AddPoolAsync("mine");
        using var client = await CallerAsync("ann", Role.ImageManager, null);
        ((int)(await client.PostAsJsonAsync("/api/v1/machines/mine-1/publish", new PublishMachineRequest("class", WithSession: true))).StatusCode).ShouldBe(403);
        ((int)(await client.PostAsJsonAsync("/api/v1/machines/mine-1/publish", new PublishMachineRequest("class"))).StatusCode).ShouldBe(202);
    }

    private static IReadOnlyDictionary<string, string> Nothing { get; } = new Dictionary<string, string>();

    private static Dictionary<string, string> Names(string pool) => new() { ["pool"] = pool, ["machine"] = pool + "-1", ["user"] = "nobody", ["group"] = "nobody" };

    /// <param name="operation">What is called.</param>
    /// <param name="client">By whom.</param>
    /// <param name="names">On what.</param>
    /// <param name="allowed">Whether it shall be let through; what comes then is the endpoint's business. Null as false.</param>
    private static async Task CheckAsync(Operation operation, HttpClient client, IReadOnlyDictionary<string, string> names, bool? allowed)
    {
        var (status, title) = await operation.CallAsync(client, names);
        if (allowed ?? false) title.ShouldNotBe(Refused, operation.ToString());
        else (status, title).ShouldBe((403, Refused), operation.ToString());
        // A sign-in without a password is nobody's.
        if (!Expectations.Anybody.Contains(operation.Id)) status.ShouldNotBe(401, operation.ToString());
    }

    private async Task AddPoolAsync(string name)
    {
        using var local = _daemon.Local();
        (await local.PostAsJsonAsync("/api/v1/pools", new CreatePoolRequest { Name = name, Image = "micro", Spare = 1, Maximum = 4 })).EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(async () => (await local.GetAsync($"/api/v1/machines/{name}-1")).IsSuccessStatusCode, $"a machine in {name}");
    }

    private async Task<HttpClient> CallerAsync(string user, Role? role, string? pool)
    {
        using var local = _daemon.Local();
        (await local.PostAsJsonAsync("/api/v1/users", new AddUserRequest(user))).EnsureSuccessStatusCode();
        if (role is { } given) (await local.PostAsJsonAsync("/api/v1/roles", new GrantRoleRequest(given, user, null, pool), Daemon.Json)).EnsureSuccessStatusCode();
        var token = await (await local.PostAsJsonAsync("/api/v1/tokens", new MakeTokenRequest(user))).Content.ReadFromJsonAsync<MadeToken>(Daemon.Json);
        var client = _daemon.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token!.Token);
        return client;
    }
}
