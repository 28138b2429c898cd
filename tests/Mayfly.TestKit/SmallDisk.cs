using System.Runtime.InteropServices;

namespace Mayfly.TestKit;

/// <summary>A disk of a few MiB, in memory, that can be filled. Needs the right to mount.</summary>
public sealed partial class SmallDisk : IDisposable
{
    private readonly TemporaryDirectory _directory;

    private SmallDisk(TemporaryDirectory directory) => _directory = directory;

    public string Root => _directory.Root;

    private string Filler => Path.Combine(Root, "filler");

    /// <summary>Makes one. Without the right to mount there is none, and a reason to skip the test with.</summary>
    public static (SmallDisk? Disk, string Lack) TryMake(int mib, int? inodes = null)
    {
        var directory = new TemporaryDirectory();
        if (Mount("tmpfs", directory.Root, "tmpfs", 0, $"size={mib}M,mode=755{(inodes is { } most ? $",nr_inodes={most}" : "")}") == 0) return (new SmallDisk(directory), "");
        var why = Marshal.GetLastPInvokeErrorMessage();
        directory.Dispose();
        return (null, $"A small disk can not be mounted here: {why}");
    }

    /// <summary>Leaves at most a number of bytes free.</summary>
    public void FillUpTo(long freeBytes)
    {
        using var file = new FileStream(Filler, FileMode.Append);
        var block = new byte[4096];
        while (new DriveInfo(Root).AvailableFreeSpace > freeBytes)
            file.Write(block);
    }

    /// <summary>Makes room again.</summary>
    public void Empty() => File.Delete(Filler);

    public void Dispose()
    {
        const int WhenUnused = 2;
        if (Unmount(Root, WhenUnused) != 0) throw new IOException($"{Root} can not be unmounted: {Marshal.GetLastPInvokeErrorMessage()}");
        _directory.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, ulong flags, string options);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target, int flags);
}
