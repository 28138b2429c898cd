using Mayfly.Engine.Processes;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Publishing;

/// <summary>Guest memory as a memfd: writable for a parent, then sealed for good, so that no clone can write it or punch holes into it.</summary>
internal static class GuestMemory
{
    private const int Seals = Native.SealSeal | Native.SealShrink | Native.SealGrow | Native.SealWrite;

    private const int BlockBytes = 64 * 1024;

    /// <summary>Makes empty guest memory. It takes up space only as it is written.</summary>
    public static SafeFileHandle Create(long bytes)
    {
        var memory = Native.Own(Native.MemfdCreate("mayfly-ram", Native.MemfdCloseOnExec | Native.MemfdAllowSealing), "memfd_create");
        RandomAccess.SetLength(memory, bytes);
        return memory;
    }

    /// <summary>Gives back to the host what holds nothing but zeros: to be read by a guest or a migration is enough for it to be taken up.</summary>
    /// <exception cref="IOException">It is sealed.</exception>
    public static void DropZeros(SafeFileHandle memory, CancellationToken cancellationToken)
    {
        var block = new byte[BlockBytes];
        var length = RandomAccess.GetLength(memory);
        for (long at = 0; at < length; at += BlockBytes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = RandomAccess.Read(memory, block, at);
            if (!block.AsSpan(0, count).ContainsAnyExcept((byte)0) && Native.Allocate(memory, Native.PunchHole, at, count) < 0)
                throw Native.Failed("freeing guest memory");
        }
    }

    /// <summary>Takes from everyone, this process included, the right to change it. Fails while a parent still maps it.</summary>
    /// <exception cref="IOException">Somebody still maps it for writing.</exception>
    public static void Seal(SafeFileHandle memory)
    {
        if (Native.Fcntl(memory, Native.FcntlAddSeals, Seals) < 0)
            throw Native.Failed("sealing guest memory");
    }

    /// <summary>True when it can no longer be changed.</summary>
    public static bool IsSealed(SafeFileHandle memory) => (Native.Fcntl(memory, Native.FcntlGetSeals, 0) & Seals) == Seals;
}
