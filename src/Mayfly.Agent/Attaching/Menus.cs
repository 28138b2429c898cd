using Mayfly.Agent.Running;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Attaching;

/// <summary>
/// Shows the programs of packages in the menus of a desktop that runs already. Its menus watch folders, and a tree that was mounted anew
/// tells no watcher: so links to what came are put into a folder that is there from the start.
/// </summary>
internal sealed class Menus(ProgramRunner programs)
{
    private const int MostLinks = 4096;
    private const int Seconds = 120;
    private const string Entries = AttachPaths.Share + "/applications";
    private const string Schemas = AttachPaths.Share + "/glib-2.0/schemas";

    // What is looked for in a package, and what follows from having it there.
    private static readonly (string Folder, string Pattern)[] Shown =
        [("applications", "*.desktop"), ("icons", "*.png"), ("icons", "*.svg"), ("pixmaps", "*.png"), ("pixmaps", "*.svg"), ("pixmaps", "*.xpm")];

    private static readonly EnumerationOptions Deep = new() { RecurseSubdirectories = true, MaxRecursionDepth = 5, AttributesToSkip = FileAttributes.None };
    private IReadOnlyList<string> _packages = [];

    /// <summary>Makes the links that are missing and removes those that lead nowhere any more.</summary>
    internal void Show(IReadOnlyList<string> packages)
    {
        var changed = !packages.SequenceEqual(_packages);
        _packages = [.. packages];
        var wanted = packages.SelectMany(FilesOf).Distinct().Take(MostLinks).ToHashSet();
        // What is behind a link may be another file now, and a menu reads again what was made anew.
        foreach (var link in Links().Where(link => changed || !wanted.Remove(link)))
            File.Delete(AttachPaths.Share + link);
        foreach (var file in wanted)
        {
            var link = AttachPaths.Share + file;
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            File.CreateSymbolicLink(link, "/usr/share" + file);
        }
    }

    /// <summary>Makes what desktops look up instead of the files themselves, behind everybody's back: programs run without it meanwhile.</summary>
    internal void CompileLater()
    {
        try
        {
            if (Directory.Exists(Entries))
                Run("update-desktop-database", Entries);
            if (_packages.Count(HasSchemas) <= 1)
                return;
            Directory.CreateDirectory(Schemas);
            Run("glib-compile-schemas", $"--targetdir={Schemas}", "/usr/share/glib-2.0/schemas");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Diagnostics.Say($"menus are not complete: {problem.Message}");
        }
    }

    private void Run(string program, params string[] arguments)
    {
        if (ProgramFinder.Find(program) is { } path)
            programs.Run(new ExecRequest([path, .. arguments], Seconds), _ => { }, problem => Diagnostics.Say($"{program}: {problem}"));
    }

    private static bool HasSchemas(string serial) =>
        Directory.Exists(Source(serial) + "/glib-2.0/schemas") && Directory.EnumerateFiles(Source(serial) + "/glib-2.0/schemas", "*.xml").Any();

    private static string Source(string serial) => AttachPaths.Package(serial) + "/usr/share";

    private static IEnumerable<string> FilesOf(string serial)
    {
        foreach (var (folder, pattern) in Shown)
        {
            var source = $"{Source(serial)}/{folder}";
            if (!Directory.Exists(source))
                continue;
            foreach (var file in Directory.EnumerateFiles(source, pattern, Deep))
                yield return file[Source(serial).Length..];
        }
    }

    private static IEnumerable<string> Links() => Directory.Exists(AttachPaths.Share)
        ? [.. Directory.EnumerateFiles(AttachPaths.Share, "*", Deep).Where(file => new FileInfo(file).LinkTarget is not null).Select(file => file[AttachPaths.Share.Length..])]
        : [];
}
