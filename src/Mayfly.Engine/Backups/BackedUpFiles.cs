using Mayfly.Engine.Hosts;

namespace Mayfly.Engine.Backups;

/// <summary>Opens what goes into a backup as it lies in the data directory: files that are there whole, or not at all, and never change.</summary>
public sealed class BackedUpFiles(DataDirectory data)
{
    /// <summary>An archive of a persona, or nothing when it is not there.</summary>
    public IReadOnlyList<BackedUpFile> OpenPersona(string id) => Open([BackupLayout.Persona(id)]);

    /// <summary>All files of a package, or nothing when it is not there.</summary>
    public IReadOnlyList<BackedUpFile> OpenPackage(string id)
    {
        var files = Open(PackageNames(id));
        // A removal takes the manifest first: it is there still, so nothing was missed.
        if (files.Count == 0 || File.Exists(files[0].Path))
            return files;
        Close(files);
        return [];
    }

    private IEnumerable<string> PackageNames(string id)
    {
        yield return BackupLayout.PackageManifest(id);
        yield return BackupLayout.Package(id);
        var icons = Path.Combine(data.Root, BackupLayout.PackageIcons(id));
        if (!Directory.Exists(icons))
            yield break;
        foreach (var icon in Directory.GetFiles(icons).Order(StringComparer.Ordinal))
            yield return $"{BackupLayout.PackageIcons(id)}/{Path.GetFileName(icon)}";
    }

    private List<BackedUpFile> Open(IEnumerable<string> names)
    {
        var files = new List<BackedUpFile>();
        try
        {
            foreach (var name in names)
            {
                var path = Path.Combine(data.Root, name);
                files.Add(new BackedUpFile(name, path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, FileOptions.Asynchronous)));
            }

            return files;
        }
        catch (Exception error)
        {
            Close(files);
            if (error is FileNotFoundException or DirectoryNotFoundException)
                return [];
            throw;
        }
    }

    private static void Close(IEnumerable<BackedUpFile> files)
    {
        foreach (var file in files)
            file.Content.Dispose();
    }
}

/// <summary>An open file.</summary>
/// <param name="Name">Its name in a backup.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Content">What is in it; whoever asked for it closes it.</param>
public sealed record BackedUpFile(string Name, string Path, Stream Content);
