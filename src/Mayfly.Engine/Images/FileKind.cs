using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Mayfly.Engine.Images;

/// <summary>What kind of thing a path leads to, which .NET does not tell.</summary>
internal static unsafe partial class FileKind
{
    private const int CurrentDirectory = -100;
    private const uint TypeOnly = 1;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>True for a plain file, links followed; false for pipes, devices, sockets, directories, and what is not there.</summary>
    public static bool IsRegular(string path)
    {
        // struct statx is the same on every architecture and in every libc, unlike struct stat.
        Span<byte> status = stackalloc byte[256];
        fixed (byte* pointer = status)
        {
            return Status(CurrentDirectory, path, 0, TypeOnly, pointer) == 0
                && (BinaryPrimitives.ReadUInt16LittleEndian(status[ModeOffset..]) & TypeMask) == Regular;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int directory, string path, int flags, uint mask, byte* status);
}
