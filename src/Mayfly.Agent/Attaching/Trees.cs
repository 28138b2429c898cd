using Mayfly.Agent.Native;

namespace Mayfly.Agent.Attaching;

/// <summary>
/// The trees of the guest that packages are merged into. Each is one overlay: packages in their order over what the image has, and over
/// all what is written, on the volume or on the machine's own disk. A new overlay is made first and slipped under the old one, so that
/// there is no moment without the tree. Whoever uses files of the old one keeps them.
/// </summary>
internal sealed class Trees
{
    private const uint Attributes = LibcMount.NoDevices | LibcMount.NoAccessTime;

    // What was written must be found again over other packages: nothing in it may refer to what lies below.
    private static readonly (string, string?)[] Plain = [("redirect_dir", "nofollow"), ("metacopy", "off"), ("index", "off"), ("xino", "off")];
    private readonly Dictionary<string, string> _merged = [];

    /// <summary>Trees whose writes go to the volume now.</summary>
    internal static string[] OnVolume()
    {
        var mounts = MountTable.Read();
        return [.. AttachPaths.Trees.Where(tree => mounts.At(tree) is { Type: "overlay" } mount && mount.Options.Contains($"upperdir={AttachPaths.Volume}{tree}"))];
    }

    /// <summary>Merges all trees anew, as far as they change.</summary>
    /// <param name="packages">Serial numbers; the first wins.</param>
    /// <param name="onVolume">Trees whose writes go to the volume.</param>
    internal void Merge(IReadOnlyList<string> packages, IReadOnlyCollection<string> onVolume)
    {
        foreach (var tree in AttachPaths.Trees)
            Merge(tree, [.. packages.Select(serial => AttachPaths.Package(serial) + tree).Where(Directory.Exists)], onVolume.Contains(tree));
    }

    /// <summary>Forgets what was merged: the disks below it may be others now.</summary>
    internal void Forget() => _merged.Clear();

    private void Merge(string tree, List<string> packages, bool onVolume)
    {
        var mounts = MountTable.Read();
        var below = AttachPaths.Base + tree;
        var stacked = mounts.At(below) is not null;
        if (!stacked && packages.Count == 0 && !onVolume)
            return;
        var upper = (onVolume ? AttachPaths.Volume : AttachPaths.Own(mounts)) + tree;
        string[] lowers = [.. packages, below];
        var wanted = string.Join(':', lowers.Append(upper));
        if (stacked && _merged.GetValueOrDefault(tree) == wanted)
            return;
        if (!stacked)
            KeepBase(tree, below);
        foreach (var folder in (string[])[upper, upper + ".work"])
            Directory.CreateDirectory(folder);
        using var overlay = LooseMount.Make("overlay", Options(lowers, upper), Attributes);
        Put(overlay, tree, mounts);
        _merged[tree] = wanted;
    }

    private static void KeepBase(string tree, string below)
    {
        Directory.CreateDirectory(tree);
        Directory.CreateDirectory(below);
        using var view = LooseMount.Copy(tree);
        view.Place(below);
    }

    private static IEnumerable<(string, string?)> Options(IEnumerable<string> lowers, string upper) =>
        [("source", "mayfly"), .. lowers.Select(lower => ("lowerdir+", (string?)lower)), ("upperdir", upper), ("workdir", upper + ".work"), .. Plain];

    /// <summary>Puts it in its place, and over it what was mounted in the tree before.</summary>
    private static void Put(LooseMount overlay, string tree, MountTable mounts)
    {
        var carried = mounts.Below(tree).Select(point => (Point: point, View: LooseMount.Copy(point))).ToList();
        try
        {
            if (mounts.At(tree)?.Type == "overlay")
                overlay.Replace(tree);
            else
                overlay.Place(tree);
            foreach (var (point, view) in carried)
                view.Place(point);
        }
        finally
        {
            carried.ForEach(one => one.View.Dispose());
        }
    }
}
