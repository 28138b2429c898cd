using System.Diagnostics;

namespace Mayfly.Packages.Tests;

/// <summary>Looks into squashfs files and runs tools, without any code of Mayfly's.</summary>
internal static class Squash
{
    /// <summary>All lines of a listing: kind and mode, owner, size, date, name.</summary>
    public static IReadOnlyList<string> List(string path) => [.. Shell($"sqfs2tar '{path}' | tar --xattrs --xattrs-include='*' --numeric-owner -tvf -").Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Names of files, links and directories, without slashes at the end.</summary>
    public static IReadOnlyList<string> Names(string path) => [.. Shell($"sqfs2tar '{path}' | tar -tf -").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => name.TrimEnd('/')).Order(StringComparer.Ordinal)];

    public static string Read(string path, string name) => Shell($"rdsquashfs --cat '/{name}' '{path}'");

    /// <summary>Attributes of a name, as text.</summary>
    public static string Attributes(string path, string name) => Shell($"rdsquashfs --xattr '/{name}' '{path}'");

    public static string Shell(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{script}\n{error.GetAwaiter().GetResult()}");
        return output;
    }
}
