using Mayfly.Engine.Images;
using Mayfly.Engine.Processes;

namespace Mayfly.VmTests.House;

/// <summary>A qcow2 disk with a boot loader of its own, as an administrator brings one: SYSLINUX on FAT, and the micro image's kernel.</summary>
internal static class BootDisk
{
    private const int Mib = 64;

    /// <returns>Path of the qcow2 file in <paramref name="directory"/>.</returns>
    public static async Task<string> MakeAsync(GoldenImage micro, string directory, CancellationToken cancellationToken)
    {
        var boot = micro.Manifest.Boot ?? throw new InvalidOperationException("micro has no kernel.");
        var (raw, settings, disk) = (Path.Combine(directory, "boot.raw"), Path.Combine(directory, "syslinux.cfg"), Path.Combine(directory, "boot.qcow2"));
        await File.WriteAllTextAsync(settings, $"DEFAULT micro\nLABEL micro\n KERNEL vmlinuz\n INITRD initrd\n APPEND {boot.CommandLine}\n", cancellationToken);
        await using (var file = File.Create(raw))
            file.SetLength(Mib * 1024L * 1024L);
        await RunAsync("mkfs.vfat", "dosfstools", ["-F", "16", raw], cancellationToken);
        await RunAsync("mcopy", "mtools", ["-i", raw, micro.PathOf(boot.Kernel), "::vmlinuz"], cancellationToken);
        await RunAsync("mcopy", "mtools", ["-i", raw, micro.PathOf(boot.Initrd), "::initrd"], cancellationToken);
        await RunAsync("mcopy", "mtools", ["-i", raw, settings, "::syslinux.cfg"], cancellationToken);
        await RunAsync("syslinux", "syslinux", ["--install", raw], cancellationToken);
        await RunAsync("qemu-img", "qemu-utils", ["convert", "-O", "qcow2", raw, disk], cancellationToken);
        return disk;
    }

    private static async Task RunAsync(string program, string package, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var said = await new ToolRunner().RunAsync(new ToolStart(program, package, arguments), cancellationToken);
        said.Fault.ShouldBeNull();
        said.Value.ExitCode.ShouldBe(0, said.Value.Error);
    }
}
