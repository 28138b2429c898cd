using System.Text.Json;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Processes;

namespace Mayfly.VmTests.House;

/// <summary>Makes packages and volumes as files of a data directory, without the libraries.</summary>
internal sealed class AppFiles(DataDirectory data, string? os)
{
    private int _last;

    /// <summary>A package of text files.</summary>
    /// <param name="files">Path below the root, such as "usr/share/a/b", and what is in it.</param>
    /// <returns>Its id.</returns>
    public Task<string> PackageAsync(params (string Path, string Text)[] files) => PackageForAsync(os, files);

    /// <summary>A package for an operating system of its own.</summary>
    public Task<string> PackageForAsync(string? madeFor, params (string Path, string Text)[] files) => PackageNamedAsync(NewId("pkg"), madeFor, files);

    /// <summary>A package with an id of its own.</summary>
    public async Task<string> PackageNamedAsync(string id, string? madeFor, params (string Path, string Text)[] files)
    {
        using var tree = new TemporaryDirectory();
        foreach (var (path, text) in files)
        {
            var file = Path.Combine(tree.Root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
            if (text.StartsWith("#!", StringComparison.Ordinal))
                File.SetUnixFileMode(file, (UnixFileMode)Convert.ToInt32("755", 8));
        }

        var target = Directory.CreateDirectory(Path.Combine(data.Packages, id)).FullName;
        await RunAsync("mksquashfs", [tree.Root, PackageFile(id), "-quiet", "-no-progress", "-all-root", "-noappend"]);
        var manifest = new PackageManifest(id, madeFor, DateTimeOffset.UnixEpoch, 0, 0, 0, "", [], []);
        await File.WriteAllTextAsync(Path.Combine(target, "manifest.json"), JsonSerializer.Serialize(manifest, JsonSerializerOptions.Web), TestContext.Current.CancellationToken);
        return id;
    }

    /// <summary>An empty volume.</summary>
    public Task<string> VolumeAsync(int mib = 64) => VolumeNamedAsync(NewId("vol"), mib);

    /// <summary>An empty volume with an id of its own.</summary>
    public async Task<string> VolumeNamedAsync(string id, int mib = 64)
    {
        Directory.CreateDirectory(Path.Combine(data.Volumes, id));
        await MakeVolumeFileAsync(VolumeFile(id), mib);
        return id;
    }

    /// <summary>An empty volume in a file of its own.</summary>
    public static async Task MakeVolumeFileAsync(string path, int mib)
    {
        using var tree = new TemporaryDirectory();
        foreach (var folder in (string[])["usr", "usr.work", "opt", "opt.work", "etc", "etc.work", "home"])
            Directory.CreateDirectory(Path.Combine(tree.Root, folder));
        var raw = path + ".raw";
        await RunAsync("mke2fs", ["-q", "-F", "-t", "ext4", "-d", tree.Root, raw, $"{mib}M"]);
        await RunAsync("qemu-img", ["convert", "-f", "raw", "-O", "qcow2", raw, path]);
        File.Delete(raw);
    }

    /// <summary>The file of a package.</summary>
    public string PackageFile(string id) => Path.Combine(data.Packages, id, "package.squashfs");

    /// <summary>The file of a volume.</summary>
    public string VolumeFile(string id) => Path.Combine(data.Volumes, id, "volume.qcow2");

    /// <summary>Asserts that the file system of a volume is whole and needs no recovery.</summary>
    public async Task IsCleanAsync(string volume)
    {
        var raw = VolumeFile(volume) + ".check";
        await RunAsync("qemu-img", ["convert", "-f", "qcow2", "-O", "raw", VolumeFile(volume), raw]);
        (await RunAsync("dumpe2fs", ["-h", raw])).ShouldNotContain("needs_recovery");
        await RunAsync("e2fsck", ["-f", "-n", raw]);
        File.Delete(raw);
    }

    /// <summary>Runs a program that must succeed.</summary>
    public static async Task<string> RunAsync(string program, IReadOnlyList<string> arguments)
    {
        var said = await new ToolRunner().RunAsync(new ToolStart(program, program, arguments), TestContext.Current.CancellationToken);
        said.Fault.ShouldBeNull();
        said.Value.ExitCode.ShouldBe(0, said.Value.Output + said.Value.Error);
        return said.Value.Output;
    }

    private string NewId(string kind) => $"{kind}{Environment.ProcessId}x{Interlocked.Increment(ref _last)}x{Guid.NewGuid():N}"[..24];
}
