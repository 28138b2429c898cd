using Mayfly.ForkBench;

namespace Mayfly.ClickBench;

/// <summary>
/// Opens desktops of one image from the portal, one after the other, as a person would, and reads the page's own marks: on a warm pool, and
/// on one that makes each machine when it is asked for.
/// </summary>
internal sealed class ClickRun(LocalApi api, Chromium chromium, Uri address, string image, int count)
{
    private const int WarmSpare = 2;
    private const int PoolSeconds = 120;
    private const string User = "clicker";
    private const string Password = "clicker-password";

    public async Task<IReadOnlyList<Measure>> RunAsync() =>
    [
        Measure.Of($"{image}: click to first frame, warm pool", "ms", await ClickAsync($"click-{image}", WarmSpare)),
        Measure.Of($"{image}: click to first frame, made on demand", "ms", await ClickAsync($"demand-{image}", 0)),
    ];

    private async Task<List<double>> ClickAsync(string pool, int spare)
    {
        await PrepareAsync(pool, spare);
        var page = await chromium.OpenWindowAsync(address);
        var (portal, desktop) = (new PortalPage(page), new DesktopPage(page));
        await new LoginPage(page).GotoAsync();
        await new LoginPage(page).SubmitAsync(User, Password);
        var values = new List<double>();
        // The first click also fetches and compiles the viewer's code; it is not one of the count.
        for (var i = 0; i <= count; i++)
        {
            await RestAsync(pool, spare);
            await portal.OpenAsync(pool);
            await desktop.AwaitShownAsync();
            if (i > 0) values.Add(await portal.ClickToFirstFrameAsync());
            await desktop.LogOffAsync();
        }

        await page.Context.CloseAsync();
        await api.DeleteAsync($"pools/{pool}?force=true");
        return values;
    }

    private async Task PrepareAsync(string pool, int spare)
    {
        await api.FinishAsync("images/build", new BuildImageRequest(image));
        await api.FinishAsync($"images/{image}/publish", new PublishImageRequest());
        if ((await api.GetAsync<Page<UserView>>("users")).Items.All(user => user.Name != User)) await api.PostAsync<UserAdded>("users", new AddUserRequest(User, null, Password));
        if ((await api.GetAsync<List<PoolView>>("pools")).Any(left => left.Name == pool)) await api.DeleteAsync($"pools/{pool}?force=true");
        await api.PostAsync<PoolView>("pools", new CreatePoolRequest { Name = pool, Image = image, Spare = spare });
        await api.PutAsync($"pools/{pool}/entitlements/users/{User}");
    }

    /// <summary>Waits until the pool is as it is kept: all spare machines ready, and the last user's gone.</summary>
    private async Task RestAsync(string pool, int spare)
    {
        await Clock.UntilAsync(
            async () => await api.GetAsync<PoolView>($"pools/{pool}") is { } now && now.Available >= spare && now.Total == spare,
            $"{pool} has {spare} machines, all ready", PoolSeconds);
        // A pause as between two people: the fresh fork has come to rest.
        await Task.Delay(TimeSpan.FromSeconds(2));
    }
}
