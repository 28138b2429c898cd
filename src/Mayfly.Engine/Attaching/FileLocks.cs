using System.Runtime.InteropServices;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Attaching;

/// <summary>Whether some QEMU, or one of its tools, has a disk image open: they lock certain bytes of it.</summary>
internal static unsafe class FileLocks
{
    private const long FirstByte = 100;
    private const long Bytes = 200;

    /// <summary>True when somebody else has it.</summary>
    /// <exception cref="IOException">The file system knows no locks.</exception>
    public static bool IsLocked(SafeHandle file)
    {
        var asked = new Native.FileLock { Kind = Native.LockForWriting, Start = FirstByte, Length = Bytes };
        return Native.FcntlLock(file, Native.FcntlGetLock, &asked) < 0 ? throw Native.Failed("fcntl") : asked.Kind != Native.Unlocked;
    }
}
