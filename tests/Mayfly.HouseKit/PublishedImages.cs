namespace Mayfly.HouseKit;

/// <summary>Lays images that are built and published in the tests' data into another data directory, by links: nothing writes to them there but a removal.</summary>
public static class PublishedImages
{
    /// <summary>Links a version.</summary>
    /// <param name="data">The data directory.</param>
    /// <param name="image">Name of the image.</param>
    /// <param name="version">Version in the tests' data.</param>
    /// <param name="shownAs">Version it is there; the same when null.</param>
    /// <param name="warm">False leaves it unpublished there.</param>
    public static void LinkInto(string data, string image, string version, string? shownAs = null, bool warm = true)
    {
        Directory.CreateDirectory(Path.Combine(data, "images", image));
        Directory.CreateSymbolicLink(Path.Combine(data, "images", image, shownAs ?? version), Path.Combine(Checkout.TestData, "images", image, version));
        if (warm) LinkFiles(Path.Combine(Checkout.TestData, "warm", image, version), Path.Combine(data, "warm", image, shownAs ?? version));
    }

    /// <summary>Takes along what is known of the host, so that it is not found out again.</summary>
    public static void CopyHostFacts(string data)
    {
        var facts = Path.Combine(Checkout.TestData, "host.json");
        if (File.Exists(facts)) File.Copy(facts, Path.Combine(data, "host.json"));
    }

    private static void LinkFiles(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(source)) File.CreateSymbolicLink(Path.Combine(target, Path.GetFileName(file)), file);
    }
}
