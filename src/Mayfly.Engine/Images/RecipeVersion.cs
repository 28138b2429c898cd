using System.Security.Cryptography;
using System.Text;

namespace Mayfly.Engine.Images;

/// <summary>The version a recipe builds: a hash over all of this checkout that goes into the image.</summary>
internal static class RecipeVersion
{
    /// <summary>Twelve hexadecimal digits over recipe, files, scripts and agent, each with its name, link target and execute right.</summary>
    public static async Task<string> ComputeAsync(Recipe recipe, string agentPath, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await AddTreeAsync(hash, recipe.Directory, cancellationToken);
        await AddTreeAsync(hash, recipe.CommonDirectory, cancellationToken);
        await AddFileAsync(hash, "agent", new FileInfo(agentPath), cancellationToken);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private static async Task AddTreeAsync(IncrementalHash hash, string root, CancellationToken cancellationToken)
    {
        // Hidden files count too; links to directories are entries, not places to enter.
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        var entries = new DirectoryInfo(root).EnumerateFileSystemInfos("*", options)
            .Select(entry => (Name: Path.GetRelativePath(root, entry.FullName), Entry: entry))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal);
        foreach (var (name, entry) in entries)
        {
            if (entry.LinkTarget is { } target)
                AddText(hash, $"link {name} {target}\n");
            else if (entry is FileInfo file)
                await AddFileAsync(hash, name, file, cancellationToken);
        }
    }

    private static async Task AddFileAsync(IncrementalHash hash, string name, FileInfo file, CancellationToken cancellationToken)
    {
        var executable = file.UnixFileMode.HasFlag(UnixFileMode.UserExecute) ? 'x' : '-';
        await using var content = file.OpenRead();
        var digest = await SHA256.HashDataAsync(content, cancellationToken);
        AddText(hash, $"file {name} {executable} {Convert.ToHexStringLower(digest)}\n");
    }

    private static void AddText(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
}
