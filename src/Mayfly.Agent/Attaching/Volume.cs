using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Mayfly.Agent.Native;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Attaching;

/// <summary>The disk that is written to, mounted or not.</summary>
internal sealed unsafe class Volume(GuestPaths paths)
{
    private const uint Attributes = LibcMount.NoDevices | LibcMount.NoSetUserId | LibcMount.NoAccessTime;
    private const string HomeFolder = AttachPaths.Volume + "/home";
    private const string Seeding = AttachPaths.Volume + "/home.new";
    private static readonly (string, string?)[] Options = [("errors", "remount-ro")];

    /// <summary>Numbers of the disk that is mounted, or null when none is.</summary>
    internal static string? MountedDevice => MountTable.Read().At(AttachPaths.Volume)?.Device;

    /// <summary>Mounts a disk, and makes its file system as large as the disk is.</summary>
    /// <exception cref="SystemCallException">It holds no ext4 that the kernel takes.</exception>
    internal static void Mount(Disk disk)
    {
        Directory.CreateDirectory(AttachPaths.Volume);
        using var mount = LooseMount.Make("ext4", [("source", disk.Node), .. Options], Attributes);
        Grow(disk, mount);
        mount.Place(AttachPaths.Volume);
    }

    /// <summary>Puts the home on the volume over the account's own, which is copied there the first time.</summary>
    internal void ShowHome()
    {
        var home = DesktopAccount.Find(paths).Home;
        if (MountTable.Read().At(home)?.Device == MountedDevice)
            return;
        Seed(home);
        using var view = LooseMount.Copy(HomeFolder);
        view.Place(home);
    }

    /// <summary>Takes the home on the volume away; the account's own appears.</summary>
    internal void HideHome()
    {
        var home = DesktopAccount.Find(paths).Home;
        if (MountedDevice is { } device && MountTable.Read().At(home)?.Device == device)
            LooseMount.Detach(home);
    }

    /// <summary>Takes the volume away, once nothing shows it any more, and leaves its file system clean even if a program still holds a file of it.</summary>
    internal static void Remove(string device)
    {
        LooseMount.Detach(AttachPaths.Volume);
        if (Disk.ByDevice(device) is { } disk && IsHeld(disk))
            Freeze(disk);
    }

    /// <summary>True while the kernel has it mounted, seen or unseen.</summary>
    private static bool IsHeld(Disk disk)
    {
        // Only one at a time has a block device for itself, and a file system does.
        var descriptor = Libc.Open(disk.Node, Exclusive | CloseOnExec, 0);
        if (descriptor < 0)
            return true;
        _ = Libc.Close(descriptor);
        return false;
    }

    /// <summary>Mounting it once more gives the very same file system, which is written out and then not written to any more.</summary>
    private static void Freeze(Disk disk)
    {
        using var mount = LooseMount.Make("ext4", [("source", disk.Node), .. Options], Attributes);
        var folder = mount.Open();
        try
        {
            SystemCallException.Check(LibcMount.SyncFileSystem(folder), "syncfs");
            SystemCallException.Check(Libc.Ioctl(folder, LibcMount.Freeze, null), "FIFREEZE");
        }
        finally
        {
            _ = Libc.Close(folder);
        }
    }

    // Renamed last: a copy that was interrupted is begun anew.
    private static void Seed(string home)
    {
        Directory.CreateDirectory(HomeFolder);
        if (Directory.EnumerateFileSystemEntries(HomeFolder).Any())
            return;
        if (Directory.Exists(Seeding))
            Directory.Delete(Seeding, recursive: true);
        TreeCopy.Run(home, Seeding);
        Directory.Delete(HomeFolder);
        Directory.Move(Seeding, HomeFolder);
    }

    /// <summary>A volume that can not be made larger is used as it is.</summary>
    private static void Grow(Disk disk, LooseMount mount)
    {
        var (blocks, blockBytes) = Size(disk);
        var wanted = (ulong)(disk.Bytes / blockBytes);
        if (wanted <= blocks)
            return;
        var folder = mount.Open();
        if (Libc.Ioctl(folder, LibcMount.ResizeExt4, &wanted) < 0)
            Diagnostics.Say($"the volume could not be made larger: {Marshal.GetLastPInvokeErrorMessage()}");
        _ = Libc.Close(folder);
    }

    /// <summary>What the file system on a disk says of itself; the kernel has checked it by mounting it.</summary>
    private static (ulong Blocks, int BlockBytes) Size(Disk disk)
    {
        const int SuperblockAt = 1024, Bytes = 1024, BlocksAt = 4, BlockSizeAt = 24, HighBlocksAt = 0x150, SmallestBlock = 1024;
        var superblock = new byte[Bytes];
        using var device = File.OpenHandle(disk.Node, share: FileShare.ReadWrite);
        RandomAccess.Read(device, superblock, SuperblockAt);
        var blocks = BinaryPrimitives.ReadUInt32LittleEndian(superblock.AsSpan(BlocksAt))
            | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(superblock.AsSpan(HighBlocksAt)) << 32);
        return (blocks, SmallestBlock << BinaryPrimitives.ReadInt32LittleEndian(superblock.AsSpan(BlockSizeAt)));
    }
}
