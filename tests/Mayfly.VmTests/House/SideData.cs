using Mayfly.Engine.Limits;

namespace Mayfly.VmTests.House;

/// <summary>
/// A data directory of its own for engines beside the shared one. Its images are the shared ones by links; what a test damages is copied first.
/// </summary>
internal sealed class SideData : IDisposable
{
    private readonly TemporaryDirectory? _directory;

    /// <param name="engine">Engine whose images are used.</param>
    /// <param name="image">The image.</param>
    /// <param name="published">False for a directory in which nothing has been published yet.</param>
    /// <param name="at">An empty directory to use, which stays, or null for one that goes with this.</param>
    public SideData(RunningEngine engine, ImageVersion image, bool published = true, string? at = null)
    {
        _directory = at is null ? new TemporaryDirectory() : null;
        Root = at ?? _directory!.Root;
        Image = image;
        var warm = engine.Runtime.WarmImages.FilesOf(image).Directory;
        Warm = Path.Combine(Root, "warm", image.Name, image.Version);
        Directory.CreateDirectory(Path.GetDirectoryName(Golden)!);
        Directory.CreateSymbolicLink(Golden, Path.Combine(engine.Data.Images, image.Name, image.Version));
        if (published)
            LinkTree(warm, Warm);
        // What is known of this host's KVM need not be found out again.
        if (File.Exists(engine.Data.HostFacts))
            File.Copy(engine.Data.HostFacts, Path.Combine(Root, Path.GetFileName(engine.Data.HostFacts)));
    }

    public ImageVersion Image { get; }

    public string Root { get; }

    public string Machines => Path.Combine(Root, "machines");

    /// <summary>The warm image's directory.</summary>
    public string Warm { get; }

    private string Golden => Path.Combine(Root, "images", Image.Name, Image.Version);

    public Task<RunningEngine> StartAsync(Action<EngineOptions>? change = null, ControlGroupRoot? limits = null)
    {
        var options = Micro.Options(Root);
        change?.Invoke(options);
        return RunningEngine.StartAsync(options, limits);
    }

    /// <summary>Makes the golden image a copy of its own, and returns the path of one of its files.</summary>
    public string OwnGoldenCopy(string file)
    {
        var shared = Directory.ResolveLinkTarget(Golden, returnFinalTarget: true)!.FullName;
        Directory.Delete(Golden);
        CopyTree(shared, Golden);
        return Path.Combine(Golden, file);
    }

    /// <summary>Makes one file of the warm image a copy of its own, and returns its path.</summary>
    public string OwnCopy(string file)
    {
        var path = Path.Combine(Warm, file);
        var shared = File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        File.Delete(path);
        File.Copy(shared, path);
        return path;
    }

    public void Dispose() => _directory?.Dispose();

    private static void LinkTree(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(source))
            File.CreateSymbolicLink(Path.Combine(target, Path.GetFileName(file)), file);
    }

    private static void CopyTree(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(source))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
    }
}
