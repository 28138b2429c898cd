using System.Runtime.InteropServices;

namespace Mayfly.Agent.Native;

/// <summary>fanotify: the kernel asks before it lets somebody run a file.</summary>
internal static partial class LibcFanotify
{
    private const string Library = "libc";

    internal const uint Content = 0x4;
    internal const uint CloseOnExec = 0x1;
    internal const uint AddMark = 0x1;
    internal const ulong OpenToRun = 0x40000;
    internal const uint Allow = 1;

    /// <summary>For a path from the root on.</summary>
    internal const int NoFolder = -100;

    [LibraryImport(Library, EntryPoint = "fanotify_init", SetLastError = true)]
    internal static partial int Create(uint flags, uint openFlags);

    [LibraryImport(Library, EntryPoint = "fanotify_mark", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Mark(int group, uint flags, ulong mask, int folder, string path);
}

/// <summary>struct fanotify_event_metadata.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RunEvent
{
    internal uint Length;
    internal byte Version;
    internal byte Reserved;
    internal ushort MetadataLength;
    internal ulong Mask;
    internal int File;
    internal int Process;
}

/// <summary>struct fanotify_response.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RunAnswer
{
    internal int File;
    internal uint Answer;
}
