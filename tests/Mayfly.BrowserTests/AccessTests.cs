using System.Net;

namespace Mayfly.BrowserTests;

public sealed class AccessTests(TestHouse house) : Journey(house)
{
    [Fact]
    public async Task ReadOnlyAdministrator_OnEveryPage_SeesNoActionAndIsRefusedByTheApi()
    {
        var pool = await AddPoolAsync("micro");
        var machine = (await Api.MachinesAsync()).Single().Name;
        var group = $"group-of-{pool}";
        await Api.PostAsync<GroupView>("groups", new AddGroupRequest(group));
        var reader = await WelcomeAsync("reader", Role.ReadOnlyAdministrator);
        string[] ofPools = ["pools", $"pools/{pool}", $"pools/{pool}?tab=entitlements", "machines"];
        foreach (var path in (string[])[.. ofPools, "images", "users", "users?tab=roles", "users?tab=tokens", "settings?tab=directories"])
            await OffersNothingAsync(reader, path, menus: 0);
        await OffersNothingAsync(reader, "users?tab=groups", menus: (await Api.GetAsync<List<GroupView>>("groups")).Count);
        await reader.Admin.Row("group", group).GetByRole(AriaRole.Button, new() { Name = "Kebab toggle" }).ClickAsync();
        await Expect(reader.Page.GetByRole(AriaRole.Menuitem)).ToHaveTextAsync(["Members"]);

        await reader.Page.GotoAsync("/machines");
        await Expect(reader.Admin.Row("machine", machine)).ToBeVisibleAsync();
        await IsRefusedAsync(reader, HttpMethod.Post, "pools", new CreatePoolRequest { Name = "more", DisplayName = "More", Image = "micro", Spare = 1 });
        await IsRefusedAsync(reader, HttpMethod.Delete, $"pools/{pool}");
        await IsRefusedAsync(reader, HttpMethod.Delete, $"machines/{machine}");
        await IsRefusedAsync(reader, HttpMethod.Post, "users", new AddUserRequest("more"));
        await IsRefusedAsync(reader, HttpMethod.Post, "roles", new GrantRoleRequest(Role.Administrator, reader.Name));
        await IsRefusedAsync(reader, HttpMethod.Put, $"pools/{pool}/entitlements/users/{reader.Name}");
        await IsRefusedAsync(reader, HttpMethod.Put, "settings", new HouseSettings());
    }

    [Fact]
    public async Task Entitlement_GivenToAGroupInThePoolsPage_ShowsItsMembersTheCard()
    {
        var pool = await AddPoolAsync("micro");
        var ann = await WelcomeAsync("ann");
        var group = $"painters-of-{ann.Name}";
        await Api.PostAsync<GroupView>("groups", new AddGroupRequest(group));
        await Api.PutAsync($"groups/{group}/members/{ann.Name}");
        await Expect(ann.Page.GetByTestId("no-desktops")).ToBeVisibleAsync();
        var root = await WelcomeAsync("root", Role.Administrator);
        await root.Admin.GotoAsync("pools");

        await root.Admin.EntitleGroupAsync(pool, group);

        await Expect(ann.Portal.Card(pool)).ToBeVisibleAsync();
        await root.SnapAsync("entitled");
        await ann.OpenAsync(pool);
    }

    [Fact]
    public async Task Disable_OfAUserWithAnOpenDesktop_ClosesItAndSignsThemOut()
    {
        var pool = await AddPoolAsync("micro");
        var ann = await WelcomeAsync("ann", pool);
        await ann.OpenAsync(pool);
        var session = (await Api.GetAsync<Page<SessionView>>($"sessions?user={ann.Name}")).Items.Single();
        using var display = await ann.Fetch.ConnectDisplayAsync(await ann.Fetch.TicketAsync(session));

        await Api.PutAsync<UserView>($"users/{ann.Name}", new ChangeUserRequest(Enabled: false));

        (await Displays.DrainAsync(display)).ShouldNotBeNull();
        await Expect(ann.Login.Over).ToBeVisibleAsync();
        await Expect(ann.Login.Form).ToBeVisibleAsync();
        await ann.SnapAsync("closed");
        (await ann.Fetch.StatusAsync(HttpMethod.Get, "me")).ShouldBe(HttpStatusCode.Unauthorized);
        await ann.Login.SubmitAsync(ann.Name, ann.Password);
        await Expect(ann.Login.Problem).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Machines_DeletedThroughTheApi_ChangeTheirRowsWithoutAReload()
    {
        var pool = await AddPoolAsync("micro");
        var machine = (await Api.MachinesAsync()).Single().Name;
        var root = await WelcomeAsync("root", Role.Administrator);
        await root.Admin.GotoAsync("machines");
        await Expect(root.Admin.Row("machine-state", machine)).ToHaveTextAsync("Available");
        await root.Page.EvaluateAsync("window.notReloaded = true");
        // Another would be made at once, and take its name.
        await Api.PutAsync<PoolView>($"pools/{pool}/settings", new PoolSettings { Spare = 1, ProvisioningEnabled = false });

        await Api.DeleteAsync($"machines/{machine}");

        await Expect(root.Admin.Row("machine", machine)).ToHaveCountAsync(0);
        await Expect(root.Page.GetByTestId("no-rows")).ToBeVisibleAsync();
        (await root.Page.EvaluateAsync<bool>("window.notReloaded")).ShouldBeTrue();
    }

    private static async Task OffersNothingAsync(Visitor reader, string path, int menus)
    {
        var main = reader.Page.Locator("main");
        await reader.Page.GotoAsync($"/{path}");
        await Expect(reader.Page.GetByTestId("page-title")).ToBeVisibleAsync();
        await Expect(main.Locator("[role=progressbar][aria-label^=Loading]")).ToHaveCountAsync(0);
        await Expect(main.Locator(".pf-v6-c-button.pf-m-primary, .pf-v6-c-button.pf-m-danger, [data-testid$=-bulk]")).ToHaveCountAsync(0);
        await Expect(main.GetByRole(AriaRole.Button, new() { Name = "Kebab toggle" })).ToHaveCountAsync(menus);
        await reader.SnapAsync(path.Replace('/', '-').Replace('?', '-'));
    }

    private static async Task IsRefusedAsync(Visitor visitor, HttpMethod method, string path, object? body = null) =>
        (await visitor.Fetch.StatusAsync(method, path, body)).ShouldBe(HttpStatusCode.Forbidden, $"{method} {path}");
}
