using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Processes;

/// <summary>The few Linux calls .NET has no method for. Numbers are those of x86-64 Linux.</summary>
internal static unsafe partial class Native
{
    public const int ErrorSearch = 3;
    public const int SigTerm = 15;
    public const int SigKill = 9;

    public const int EpollIn = 1;
    public const int EpollControlAdd = 1;

    public const int PidFileDescriptor = 3;
    public const int WaitNoHang = 1;
    public const int WaitExited = 4;

    public const uint MemfdCloseOnExec = 1;
    public const uint MemfdAllowSealing = 2;
    public const int FcntlDuplicateCloseOnExec = 1030;
    public const int FcntlGetLock = 36; // F_OFD_GETLK
    public const short LockForWriting = 1;
    public const short Unlocked = 2;
    public const int FcntlAddSeals = 1033;
    public const int FcntlGetSeals = 1034;
    public const int SealSeal = 1;
    public const int SealShrink = 2;
    public const int SealGrow = 4;
    public const int SealWrite = 8;

    public const int SeekData = 3;

    /// <summary>fallocate(2) mode: FALLOC_FL_PUNCH_HOLE, FALLOC_FL_KEEP_SIZE.</summary>
    public const int PunchHole = 3;

    private const int CurrentDirectory = -100;
    private const int FollowLinks = 0x400;
    private const nuint CloneFile = 0x40049409;

    public const int ProcessSetHugePagesDisabled = 41;

    public const short SpawnSetSignalDefaults = 0x04;
    public const short SpawnSetSignalMask = 0x08;
    public const short SpawnSetSession = 0x80;

    /// <summary>open(2) flags for a directory: O_RDONLY, O_DIRECTORY, O_CLOEXEC.</summary>
    public const int OpenDirectory = 0x10000 | 0x80000;

    /// <summary>open(2) flags for the reading end of a pipe: O_RDONLY, O_NONBLOCK, O_CLOEXEC.</summary>
    public const int OpenReadWithoutWaiting = 0x800 | 0x80000;

    /// <summary>open(2) flags for both ends of a pipe: O_RDWR, O_NONBLOCK, O_CLOEXEC.</summary>
    public const int OpenReadWriteWithoutWaiting = 2 | OpenReadWithoutWaiting;

    /// <summary>open(2) flags for writing alone: O_WRONLY, O_CLOEXEC.</summary>
    public const int OpenWriteOnly = 1 | 0x80000;

    /// <summary>Mode 0600.</summary>
    public const uint OwnerReadWrite = 0x180;

    /// <summary>errno of a full disk and of a used-up quota; .NET puts them into an exception's HResult.</summary>
    public const int ErrorNoSpace = 28;
    public const int ErrorQuota = 122;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakeFifo(string path, uint mode);

    /// <summary>Gives a file a second name; false where that can not be, as on another file system. A link is followed to its file.</summary>
    public static bool Link(string file, string name) => LinkAt(CurrentDirectory, file, CurrentDirectory, name, FollowLinks) == 0;

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeHandle descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "stat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Status(string path, FileStatus* status);

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MemfdCreate(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Fcntl(SafeHandle descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int FcntlLock(SafeHandle descriptor, int command, FileLock* fileLock);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    public static partial long Seek(SafeHandle descriptor, long offset, int whence);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    public static partial int Allocate(SafeHandle descriptor, int mode, long offset, long length);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    public static partial int ProcessControl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUserId();

    [LibraryImport("libc", EntryPoint = "pidfd_open", SetLastError = true)]
    public static partial int PidfdOpen(int processId, uint flags);

    [LibraryImport("libc", EntryPoint = "pidfd_send_signal", SetLastError = true)]
    public static partial int PidfdSendSignal(SafeHandle process, int signal, nint info, uint flags);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    public static partial int WaitId(int kind, int id, ChildStatus* status, int options);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(SafeHandle epoll, int operation, SafeHandle descriptor, EpollEvent* change);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(SafeHandle epoll, EpollEvent* events, int count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(SafeHandle socket, byte* address, uint length);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    public static partial int Listen(SafeHandle socket, int backlog);

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    public static partial int SocketPair(int domain, int type, int protocol, int* pair);

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Spawn(int* processId, string path, void* fileActions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int SpawnActionsInit(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int SpawnActionsDestroy(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int SpawnActionsDuplicate(void* actions, int descriptor, int target);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addclose")]
    public static partial int SpawnActionsClose(void* actions, int descriptor);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    public static partial int SpawnActionsCloseFrom(void* actions, int lowest);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    public static partial int SpawnAttributesInit(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    public static partial int SpawnAttributesDestroy(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SpawnAttributesSetFlags(void* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SpawnAttributesSetSignalDefaults(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SpawnAttributesSetSignalMask(void* attributes, void* signals);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    public static partial int SignalSetFill(void* signals);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    public static partial int SignalSetEmpty(void* signals);

    /// <summary>Makes an empty file share all blocks of another (FICLONE); false where the file system can not.</summary>
    public static bool ShareBlocks(SafeHandle target, SafeHandle source) => Control(target, CloneFile, source) == 0;

    /// <summary>Wraps a descriptor just made.</summary>
    /// <exception cref="IOException">The call that made it failed.</exception>
    public static SafeFileHandle Own(int descriptor, string call) =>
        descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Failed(call);

    /// <summary>The last error of a call as an exception, with its number where .NET puts it.</summary>
    public static IOException Failed(string call) => new($"{call}: {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkAt(int directory, string file, int nameDirectory, string name, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeHandle target, nuint request, SafeHandle argument);

    /// <summary>struct epoll_event, which is packed on x86-64.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public struct EpollEvent
    {
        public uint Events;
        public long Data;
    }

    /// <summary>struct flock.</summary>
    public struct FileLock
    {
        public short Kind;
        public short Whence;
        public long Start;
        public long Length;
        public int Process;
    }

    /// <summary>The parts of struct stat that are asked for.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    public struct FileStatus
    {
        [FieldOffset(8)]
        public ulong Inode;

        /// <summary>Blocks of 512 bytes that are taken up.</summary>
        [FieldOffset(64)]
        public long Blocks;
    }

    /// <summary>The part of siginfo_t that waitid fills.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    public struct ChildStatus
    {
        [FieldOffset(8)]
        public int Code;

        [FieldOffset(24)]
        public int Status;
    }
}
