using System.Diagnostics;

namespace Mayfly.BrowserTests.Apps;

/// <summary>A qcow2 file made by the test that can be imported as a writable volume: 64 MiB with an empty file system.</summary>
internal static class EmptyVolume
{
    private const long Bytes = 64 << 20;

    /// <summary>Makes it in a directory and returns its path.</summary>
    public static async Task<string> MakeAsync(string directory)
    {
        var (raw, file) = (Path.Combine(directory, "volume.raw"), Path.Combine(directory, "volume.qcow2"));
        await using (var disk = File.Create(raw)) disk.SetLength(Bytes);
        await RunAsync("/usr/sbin/mkfs.ext4", "-q", "-F", raw);
        await RunAsync("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw, file);
        return file;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var ran = Process.Start(new ProcessStartInfo(program, arguments))!;
        await ran.WaitForExitAsync();
        ran.ExitCode.ShouldBe(0);
    }
}
