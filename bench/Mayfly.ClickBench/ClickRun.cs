using Mayfly.ForkBench;

namespace Mayfly.ClickBench;

/// <summary>Opens desktops of one image from the portal, one after the other on a warm pool, as a person would, and reads the page's own marks.</summary>
internal sealed class ClickRun(LocalApi api, Chromium chromium, Uri address, string image, int count)
{
    private const int Spare = 2;
    private const int PoolSeconds = 120;
    private const string User = "clicker";
    private const string Password = "clicker-password";

    public async Task<Measure> RunAsync()
    {
        var pool = $"click-{image}";
        await PrepareAsync(pool);
        var page = await chromium.OpenWindowAsync(address);
        var (portal, desktop) = (new PortalPage(page), new DesktopPage(page));
        await new LoginPage(page).GotoAsync();
        await new LoginPage(page).SubmitAsync(User, Password);
        var values = new List<double>();
        // The first click also fetches and compiles the viewer's code; it is not one of the count.
        for (var i = 0; i <= count; i++)
        {
            await WarmAsync(pool);
            await portal.OpenAsync(pool);
            await desktop.AwaitShownAsync();
            if (i > 0) values.Add(await portal.ClickToFirstFrameAsync());
            await desktop.LogOffAsync();
        }

        await page.Context.CloseAsync();
        await api.DeleteAsync($"pools/{pool}?force=true");
        return Measure.Of($"{image}: click to first frame, warm pool", "ms", values);
    }

    private async Task PrepareAsync(string pool)
    {
        await api.FinishAsync("images/build", new BuildImageRequest(image));
        await api.FinishAsync($"images/{image}/publish", new PublishImageRequest());
        if ((await api.GetAsync<List<UserView>>("users")).All(user => user.Name != User)) await api.PostAsync<UserAdded>("users", new AddUserRequest(User, null, Password));
        if ((await api.GetAsync<List<PoolView>>("pools")).Any(left => left.Name == pool)) await api.DeleteAsync($"pools/{pool}?force=true");
        await api.PostAsync<PoolView>("pools", new CreatePoolRequest { Name = pool, Image = image, Spare = Spare });
        await api.PutAsync($"pools/{pool}/entitlements/{User}");
    }

    private async Task WarmAsync(string pool)
    {
        await Clock.UntilAsync(async () => (await api.GetAsync<PoolView>($"pools/{pool}")).Available >= Spare, $"{Spare} machines ready in {pool}", PoolSeconds);
        // A pause as between two people: the fresh fork has come to rest.
        await Task.Delay(TimeSpan.FromSeconds(2));
    }
}
