using System.Runtime.InteropServices;

namespace Mayfly.Agent.Native;

/// <summary>The calls around mounts. Those without a name in older C libraries are made by number.</summary>
internal static unsafe partial class LibcMount
{
    internal const int FileSystemCloseOnExec = 1;
    internal const uint SetFlag = 0;
    internal const uint SetString = 1;
    internal const uint Create = 6;
    internal const uint ReadOnlyMount = 1;
    internal const uint NoSetUserId = 2;
    internal const uint NoDevices = 4;
    internal const uint NoAccessTime = 0x10;
    internal const uint NoSymbolicLinks = 0x200000;
    internal const uint CloneTree = 0x80001; // OPEN_TREE_CLONE, OPEN_TREE_CLOEXEC
    internal const uint FromIsEmptyPath = 4;
    internal const uint FollowTarget = 0x10;
    internal const uint Beneath = 0x200;
    internal const int Detach = 2;
    internal const int NoFollow = 8;
    internal const int CurrentFolder = -100;
    internal const nuint Freeze = 0xC0045877; // FIFREEZE
    internal const nuint ResizeExt4 = 0x40086610; // EXT4_IOC_RESIZE_FS

    private const string Library = "libc";
    private const nint SetAttributesNumber = 442;
    private const ulong Private = 1 << 18; // MS_PRIVATE
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    private const nint OpenTreeNumber = 428;
    private const nint MoveMountNumber = 429;
    private const nint OpenNumber = 430;
    private const nint ConfigureNumber = 431;
    private const nint MountNumber = 432;

    /// <summary>fsopen(2).</summary>
    internal static int FileSystemOpen(string type)
    {
        using var text = new Utf8Text(type);
        return (int)SystemCall(OpenNumber, (nint)text.Start, FileSystemCloseOnExec, 0, 0, 0);
    }

    /// <summary>fsconfig(2).</summary>
    internal static int FileSystemConfigure(int context, uint command, string? key, string? value)
    {
        using var name = new Utf8Text(key);
        using var text = new Utf8Text(value);
        return (int)SystemCall(ConfigureNumber, context, (nint)command, (nint)name.Start, (nint)text.Start, 0);
    }

    /// <summary>fsmount(2).</summary>
    internal static int FileSystemMount(int context, uint attributes) => (int)SystemCall(MountNumber, context, FileSystemCloseOnExec, (nint)attributes, 0, 0);

    /// <summary>open_tree(2) of an absolute path.</summary>
    internal static int OpenTree(string path, uint flags)
    {
        using var text = new Utf8Text(path);
        return (int)SystemCall(OpenTreeNumber, CurrentFolder, (nint)text.Start, (nint)flags, 0, 0);
    }

    /// <summary>move_mount(2) of a descriptor to an absolute path.</summary>
    internal static int MoveMount(int mount, string path, uint flags)
    {
        using var nothing = new Utf8Text("");
        using var text = new Utf8Text(path);
        return (int)SystemCall(MoveMountNumber, mount, (nint)nothing.Start, CurrentFolder, (nint)text.Start, (nint)flags);
    }

    /// <summary>mount_setattr(2): from now on what is mounted elsewhere does not appear in this mount too.</summary>
    internal static int MakePrivate(int mount)
    {
        using var nothing = new Utf8Text("");
        var attributes = new MountAttributes { Propagation = Private };
        return (int)SystemCall(SetAttributesNumber, mount, (nint)nothing.Start, EmptyPath, (nint)(&attributes), sizeof(MountAttributes));
    }

    [LibraryImport(Library, EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Unmount(string path, int flags);

    [LibraryImport(Library, EntryPoint = "syncfs", SetLastError = true)]
    internal static partial int SyncFileSystem(int descriptor);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth, nint fifth);

    private struct MountAttributes
    {
        internal ulong Set;
        internal ulong Clear;
        internal ulong Propagation;
        internal ulong UserNamespace;
    }

    /// <summary>A C string in memory that does not move.</summary>
    private readonly ref struct Utf8Text(string? text)
    {
        internal readonly void* Start = (void*)Marshal.StringToCoTaskMemUTF8(text);

        public void Dispose() => Marshal.FreeCoTaskMem((nint)Start);
    }
}
