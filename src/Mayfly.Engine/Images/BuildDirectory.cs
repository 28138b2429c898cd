using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Images;

/// <summary>
/// Where a guest's root is laid out during a build. For root it lies in the staged version. An ordinary user's build runs as mapped users,
/// who reach no private home directory and whose files only they can remove: it gets a directory below /var/tmp, cleaned in their name.
/// </summary>
internal sealed class BuildDirectory : IAsyncDisposable
{
    private readonly ToolRunner _tools;

    private BuildDirectory(string path, ToolRunner tools)
    {
        Path = path;
        _tools = tools;
    }

    public string Path { get; }

    private static string Shared => $"/var/tmp/mayfly-build-{Environment.UserName}";

    public static async Task<BuildDirectory> CreateAsync(string staging, ToolRunner tools, CancellationToken cancellationToken)
    {
        if (Environment.IsPrivilegedProcess)
            return new BuildDirectory(Directory.CreateDirectory(System.IO.Path.Combine(staging, "root")).FullName, tools);
        await RemoveAbandonedAsync(tools, cancellationToken);
        var path = System.IO.Path.Combine(Shared, Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        // Mapped root makes its own directory here; it owns neither this one nor anything else in it.
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(Shared, (UnixFileMode)0b111_001_001);
        File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111 | UnixFileMode.StickyBit);
        return new BuildDirectory(path, tools);
    }

    public ValueTask DisposeAsync() => new(RemoveAsync(Path, _tools));

    private static async Task RemoveAbandonedAsync(ToolRunner tools, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Shared))
            return;
        foreach (var directory in Directory.EnumerateDirectories(Shared))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!Directory.Exists($"/proc/{System.IO.Path.GetFileName(directory)}"))
                await RemoveAsync(directory, tools);
        }
    }

    private static async Task RemoveAsync(string path, ToolRunner tools)
    {
        // Finished even when the build was cancelled: what stays here is gigabytes.
        if (!Environment.IsPrivilegedProcess)
            _ = await tools.RunAsync(
                new ToolStart("mmdebstrap", "mmdebstrap", ["--unshare-helper", "find", path, "-mindepth", "1", "-delete"]), CancellationToken.None);
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}
