using Mayfly.Contracts.Api;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Packages.Archives;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Packages.Programs;

/// <summary>Finds the programs of a package, from the squashfs Mayfly has written of it, and keeps their icons beside it.</summary>
internal sealed class ProgramScan
{
    private const int MostPrograms = 200;
    private const int MostEntryBytes = 64 * 1024;
    private const int MostIconBytes = 64 * 1024;
    private const int MostFileName = 200;
    private const string Suffix = ".desktop";
    private const string Menu = "usr/share/applications/";

    private static readonly byte[] s_png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>The programs with a menu entry, by name. What can not be read is none.</summary>
    /// <param name="directory">Directory of the package, where the icons go too.</param>
    /// <param name="contents">What is in it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<PackageProgram>> FindAsync(string directory, PackageContents contents, CancellationToken cancellationToken)
    {
        var programs = new List<PackageProgram>();
        var squash = PackageStore.FileIn(directory);
        foreach (var name in EntriesOf(contents))
        {
            if (await ReadAsync(squash, contents, name, MostEntryBytes, cancellationToken) is not { } content || DesktopEntry.Read(content) is not { } entry)
                continue;
            var id = FileName(name);
            var icon = await IconAsync(squash, contents, entry.Icon, cancellationToken);
            if (icon is not null)
                await KeepAsync(PackageStore.IconIn(directory, id), icon, cancellationToken);
            programs.Add(new PackageProgram(id, entry.Name, entry.Comment, icon is not null));
        }

        return [.. programs.OrderBy(program => program.Name, StringComparer.OrdinalIgnoreCase).ThenBy(program => program.Id, StringComparer.Ordinal)];
    }

    /// <summary>Names of desktop entries. Those of the menu come before vendors' own of the same file name, which are mostly what the menu's lead to.</summary>
    private static IEnumerable<string> EntriesOf(PackageContents contents) => contents.Names
        .Where(name => name.EndsWith(Suffix, StringComparison.Ordinal) && FileName(name).Length <= MostFileName)
        .Where(name => (name.StartsWith(Menu, StringComparison.Ordinal) && name.LastIndexOf('/') == Menu.Length - 1) || name.StartsWith("opt/", StringComparison.Ordinal))
        .OrderByDescending(name => name.StartsWith(Menu, StringComparison.Ordinal)).ThenBy(name => name, StringComparer.Ordinal)
        .DistinctBy(FileName)
        .Take(MostPrograms);

    private static async Task<byte[]?> IconAsync(string squash, PackageContents contents, string? icon, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(icon))
            return null;
        foreach (var name in IconNames.Of(icon))
        {
            if (await ReadAsync(squash, contents, name, MostIconBytes, cancellationToken) is { } picture && picture.AsSpan().StartsWith(s_png))
                return picture;
        }

        return null;
    }

    /// <summary>Content of a file in a package, links followed; null when there is none of at most so many bytes.</summary>
    private static async Task<byte[]?> ReadAsync(string squash, PackageContents contents, string name, int most, CancellationToken cancellationToken)
    {
        if (contents.FollowToFile(name) is not { Kind: EntryKind.File, Size: > 0 } file || file.Size > most)
            return null;
        var started = PipedTool.Start(new ToolStart("rdsquashfs", "squashfs-tools-ng", ["--cat", "/" + file.Name, squash]));
        if (!started.TryGet(out var tool, out _))
            return null;
        await using var closing = tool;
        var content = new byte[file.Size];
        var count = await tool.Output.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken);
        return count == content.Length ? content : null;
    }

    private static async Task KeepAsync(string path, byte[] picture, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await DurableFile.WriteAsync(path, picture, cancellationToken);
    }

    private static string FileName(string name) => name[(name.LastIndexOf('/') + 1)..];
}
