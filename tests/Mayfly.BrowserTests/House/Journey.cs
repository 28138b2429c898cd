namespace Mayfly.BrowserTests.House;

/// <summary>
/// One test's stay in the house: its pools and its visitors. Afterwards the pools are deleted, and no process, directory or socket
/// of their machines may be left.
/// </summary>
public abstract class Journey(TestHouse house) : IAsyncLifetime
{
    private const string Password = "correct-horse-battery";

    // The dark list of the menu of an XFCE desktop: its free end, and all but the first row.
    private static readonly Region MenuEnd = new(10, 620, 290, 120);
    private static readonly Region OtherRows = new(10, 395, 290, 345);
    private static int _last;

    private readonly List<Visitor> _visitors = [];

    private protected TestHouse House => house;

    private protected LocalApi Api => house.Api;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in _visitors) await visitor.LeaveAsync();
        foreach (var pool in (await Api.GetAsync<List<PoolView>>("pools")).Select(pool => pool.Name)) await Api.DeleteAsync($"pools/{pool}?force=true");
        await Clock.UntilAsync(() => Task.FromResult(house.Leftovers.All.Count == 0), $"nothing left: {string.Join(", ", house.Leftovers.All)}");
        GC.SuppressFinalize(this);
    }

    /// <summary>A pool of an image with one machine ready.</summary>
    private protected async Task<string> AddPoolAsync(string image, int spare = 1, Func<CreatePoolRequest, CreatePoolRequest>? change = null)
    {
        await house.PublishAsync(image);
        var name = $"{image}-{Interlocked.Increment(ref _last)}";
        var request = new CreatePoolRequest { Name = name, DisplayName = $"Desktop ({image})", Image = image, Spare = spare };
        await Api.PostAsync<PoolView>("pools", change is null ? request : change(request));
        await AwaitSpareAsync(name, spare);
        return name;
    }

    private protected Task AwaitSpareAsync(string pool, int spare) =>
        Clock.UntilAsync(async () => (await Api.GetAsync<PoolView>($"pools/{pool}")).Available >= spare, $"{spare} machines ready in {pool}", seconds: 60);

    /// <summary>A new user with a browser window on the login page.</summary>
    private protected async Task<Visitor> InviteAsync(string name, bool administrator = false, params string[] pools)
    {
        var user = $"{name}{Interlocked.Increment(ref _last)}";
        await Api.PostAsync<UserAdded>("users", new AddUserRequest(user, null, Password, administrator));
        foreach (var pool in pools) await Api.PutAsync($"pools/{pool}/entitlements/users/{user}");
        return await EnterAsync(user, Password);
    }

    /// <summary>Somebody who has an account, with a browser window.</summary>
    private protected async Task<Visitor> EnterAsync(string user, string password)
    {
        var visitor = new Visitor(user, password, await house.Chromium.OpenWindowAsync(house.Address), house.Address);
        _visitors.Add(visitor);
        return visitor;
    }

    /// <summary>A new user who has logged in.</summary>
    private protected async Task<Visitor> WelcomeAsync(string name, params string[] pools)
    {
        var visitor = await InviteAsync(name, false, pools);
        await visitor.LogInAsync();
        return visitor;
    }

    /// <summary>A new user with a role, over a pool or over the house, who has logged in.</summary>
    private protected async Task<Visitor> WelcomeAsync(string name, Role role, string? pool = null)
    {
        var visitor = await InviteAsync(name);
        await Api.PostAsync<RoleGrantView>("roles", new GrantRoleRequest(role, visitor.Name, null, pool));
        await visitor.LogInAsync();
        return visitor;
    }

    private protected async Task<MachineView> MachineOfAsync(Visitor visitor) =>
        (await Api.MachinesAsync()).Single(machine => machine.User == visitor.Name);

    /// <summary>
    /// Clicks, and once more as its user would when nothing comes of it: under emulation the desktop may be too slow to take the first. What
    /// the guest was doing meanwhile is kept.
    /// </summary>
    private protected async Task ClickUntilAsync(DesktopPage desktop, string machine, Func<Task> click, Func<Picture, bool> appears, string what)
    {
        const int FirstTrySeconds = 40;
        await click();
        try
        {
            await desktop.LookUntilAsync(appears, what, FirstTrySeconds);
        }
        catch (TimeoutException)
        {
            var state = await Api.RunAsync(machine, "date; uptime; ps -eo pid,stat,etimes,pcpu,wchan:24,args; journalctl --no-pager -n 40");
            await File.WriteAllTextAsync(Path.Combine(Checkout.Artifacts, "logs", $"without-{what.Replace(' ', '-')}-{machine}.log"), state);
            await click();
            await desktop.LookUntilAsync(appears, what);
        }
    }

    /// <summary>Opens the menu of an XFCE desktop and types until it shows nothing but what is looked for, which Enter then starts.</summary>
    private protected async Task FindInMenuAsync(Visitor visitor, string machine, string name)
    {
        await ClickUntilAsync(visitor.Desktop, machine, () => visitor.Desktop.ClickAsync(85, 782), seen => seen.ShareOf(MenuEnd, IsOfTheMenu) > 0.98, "the menu");
        await visitor.Page.Keyboard.TypeAsync(name, new() { Delay = 50 });
        await visitor.Desktop.LookUntilAsync(seen => seen.ShareOf(OtherRows, IsOfTheMenu) > 0.995, "only what was looked for");
    }

    private static bool IsOfTheMenu(Colour colour) => colour.Brightness < 70;
}
