using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.VmTests.House;

/// <summary>The memory a running clone shares with others, opened for writing as somebody would who broke out of QEMU.</summary>
internal sealed unsafe partial class GuestMemoryFile : IDisposable
{
    private const int NotPermitted = 1;
    private const int KeepSizeAndPunchHole = 1 | 2;
    private const int ReadWriteProtection = 1 | 2;
    private const int SharedMapping = 1;
    private const int ReadWriteCloseOnExec = 2 | 0x80000;
    private readonly SafeFileHandle _memory;

    private GuestMemoryFile(SafeFileHandle memory) => _memory = memory;

    /// <summary>The memory as descriptor 3 of a QEMU process.</summary>
    public static GuestMemoryFile Of(int processId) =>
        new(new SafeFileHandle(Open($"/proc/{processId}/fd/3", ReadWriteCloseOnExec), ownsHandle: true));

    public bool IsOpen => !_memory.IsInvalid;

    public bool RefusesWriting => IsRefused(() => Write(_memory, "overwritten", 11, 0));

    public bool RefusesHoles => IsRefused(() => Allocate(_memory, KeepSizeAndPunchHole, 0, 4096));

    public bool RefusesAnotherLength => IsRefused(() => Truncate(_memory, 0)) && IsRefused(() => Truncate(_memory, 1L << 40));

    public bool RefusesSharedMapping => IsRefused(() => Map(0, 4096, ReadWriteProtection, SharedMapping, _memory, 0));

    public static string Hash(SafeFileHandle file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        for (long at = 0; RandomAccess.Read(file, buffer, at) is var count and > 0; at += count)
            hash.AppendData(buffer.AsSpan(0, count));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void Dispose() => _memory.Dispose();

    private static bool IsRefused(Func<nint> call) => call() == -1 && Marshal.GetLastPInvokeError() == NotPermitted;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Write(SafeHandle file, string text, nuint length, long offset);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int Allocate(SafeHandle file, int mode, long offset, long length);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int Truncate(SafeHandle file, long length);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, SafeHandle file, long offset);
}
