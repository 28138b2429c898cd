using Mayfly.Contracts.Api;

namespace Mayfly.HouseKit;

/// <summary>Two published versions of the image "micro": the checkout's recipe, and the same with another greeting.</summary>
/// <param name="First">Version of the checkout's recipe.</param>
/// <param name="Second">The other version.</param>
public sealed record MicroVersions(string First, string Second)
{
    /// <summary>Builds and publishes what is missing of them in a data directory that no mayflyd uses now.</summary>
    public static async Task<MicroVersions> PublishAsync(string data)
    {
        var recipes = MakeSecondRecipes(data);
        var second = await PublishAsync(data, recipes);
        return new MicroVersions(await PublishAsync(data, Path.Combine(Checkout.Root, "images")), second);
    }

    private static async Task<string> PublishAsync(string data, string recipes)
    {
        await using var daemon = await Daemon.StartAsync(data, new DaemonSettings { Images = recipes });
        using var api = new LocalApi(data);
        var built = await api.FinishAsync("images/build", new BuildImageRequest("micro"));
        await api.FinishAsync("images/micro/publish", new PublishImageRequest(built.Result));
        return built.Result!;
    }

    private static string MakeSecondRecipes(string data)
    {
        var recipes = Path.Combine(data, "second-recipes");
        if (Directory.Exists(recipes)) Directory.Delete(recipes, recursive: true);
        CopyTree(new DirectoryInfo(Path.Combine(Checkout.Root, "images", "common")), Path.Combine(recipes, "common"));
        CopyTree(new DirectoryInfo(Path.Combine(Checkout.Root, "images", "micro")), Path.Combine(recipes, "micro"));
        File.AppendAllText(Path.Combine(recipes, "micro", "files", "etc", "motd"), "The second version.\n");
        return recipes;
    }

    private static void CopyTree(DirectoryInfo source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in source.GetFiles()) file.CopyTo(Path.Combine(target, file.Name)).UnixFileMode = file.UnixFileMode;
        foreach (var directory in source.GetDirectories()) CopyTree(directory, Path.Combine(target, directory.Name));
    }
}
