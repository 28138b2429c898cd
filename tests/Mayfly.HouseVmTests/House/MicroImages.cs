namespace Mayfly.HouseVmTests.House;

/// <summary>Two published versions of the image "micro", built once and kept between runs.</summary>
public sealed class MicroImages : IAsyncLifetime
{
    private MicroVersions? _versions;

    /// <summary>The version of the checkout's recipe.</summary>
    public string First => _versions!.First;

    /// <summary>The other version.</summary>
    public string Second => _versions!.Second;

    /// <summary>Builds and publishes what is missing.</summary>
    public async ValueTask InitializeAsync() => _versions = await MicroVersions.PublishAsync(Checkout.TestData);

    /// <summary>Nothing: images stay for the next run.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Lays the images into a data directory, by links: nothing writes to them there but a removal.</summary>
    /// <param name="data">The data directory.</param>
    /// <param name="published">The versions that are to be published there; none named: both.</param>
    public void LinkInto(string data, params string[] published)
    {
        foreach (var version in (string[])[First, Second]) PublishedImages.LinkInto(data, "micro", version, warm: published.Length == 0 || published.Contains(version));
        PublishedImages.CopyHostFacts(data);
    }
}
