namespace Mayfly.BrowserTests.House;

/// <summary>A whole house for the tests: real mayflyd, real images, real Chromium. Images are built and published when first asked for.</summary>
public sealed class TestHouse : IAsyncLifetime
{
    private Daemon? _daemon;
    private Chromium? _chromium;

    internal Uri Address => _daemon!.Address;

    internal LocalApi Api { get; } = new(Checkout.TestData);

    internal Chromium Chromium => _chromium!;

    internal Leftovers Leftovers => new(Checkout.TestData, _daemon!.ProcessId);

    public async ValueTask InitializeAsync()
    {
        // Images and warm images stay from run to run; users, pools and events do not.
        Directory.CreateDirectory(Checkout.TestData);
        foreach (var file in Directory.GetFiles(Checkout.TestData, "mayfly.db*")) File.Delete(file);
        _daemon = await Daemon.StartAsync(Checkout.TestData, new DaemonSettings { ViewerListen = "127.0.0.1:0" });
        _chromium = await Chromium.StartAsync();
    }

    /// <summary>Makes sure that an image can be forked. What earlier runs built and published is used again.</summary>
    internal async Task PublishAsync(string image)
    {
        await Api.FinishAsync("images/build", new BuildImageRequest(image));
        await Api.FinishAsync($"images/{image}/publish", new PublishImageRequest());
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (_chromium is not null) await _chromium.DisposeAsync();
        if (_daemon is not null) await _daemon.DisposeAsync();
    }
}
