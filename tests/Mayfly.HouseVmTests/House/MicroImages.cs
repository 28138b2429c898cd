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
        foreach (var version in (string[])[First, Second])
        {
            Directory.CreateDirectory(Path.Combine(data, "images", "micro"));
            Directory.CreateSymbolicLink(Path.Combine(data, "images", "micro", version), Path.Combine(Checkout.TestData, "images", "micro", version));
            if (published.Length == 0 || published.Contains(version))
                LinkFiles(Path.Combine(Checkout.TestData, "warm", "micro", version), Path.Combine(data, "warm", "micro", version));
        }

        var facts = Path.Combine(Checkout.TestData, "host.json");
        if (File.Exists(facts)) File.Copy(facts, Path.Combine(data, "host.json"));
    }

    private static void LinkFiles(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(source)) File.CreateSymbolicLink(Path.Combine(target, Path.GetFileName(file)), file);
    }
}
