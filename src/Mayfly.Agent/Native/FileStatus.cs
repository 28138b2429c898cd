using System.Runtime.InteropServices;

namespace Mayfly.Agent.Native;

/// <summary>struct stat, as far as it is asked for.</summary>
[StructLayout(LayoutKind.Explicit, Size = 144)]
internal struct FileStatus
{
    private const uint KindMask = 0xF000;
    private const uint FileKind = 0x8000;
    private const uint FolderKind = 0x4000;

    /// <summary>Number of the device.</summary>
    [FieldOffset(0)]
    internal ulong DeviceNumber;

    /// <summary>Number of the file on it.</summary>
    [FieldOffset(8)]
    internal ulong Inode;

    /// <summary>How many names it has.</summary>
    [FieldOffset(16)]
    internal ulong Links;

    /// <summary>Kind and rights.</summary>
    [FieldOffset(24)]
    internal uint Mode;

    /// <summary>Owner.</summary>
    [FieldOffset(28)]
    internal uint User;

    /// <summary>Group.</summary>
    [FieldOffset(32)]
    internal uint Group;

    /// <summary>Number of the device that it is itself.</summary>
    [FieldOffset(40)]
    internal ulong OwnDevice;

    /// <summary>Length in bytes.</summary>
    [FieldOffset(48)]
    internal long Size;

    /// <summary>When it was written last, in seconds since 1970.</summary>
    [FieldOffset(88)]
    internal long ModifiedAt;

    /// <summary>When anything of it was changed last, in seconds since 1970.</summary>
    [FieldOffset(104)]
    internal long ChangedAt;

    /// <summary>What comes on top of <see cref="ChangedAt"/>.</summary>
    [FieldOffset(112)]
    internal long ChangedAtNanoseconds;

    /// <summary>True for a folder.</summary>
    internal readonly bool IsFolder => Kind == FolderKind;

    /// <summary>True for a plain file.</summary>
    internal readonly bool IsFile => Kind == FileKind;

    /// <summary>What it is.</summary>
    internal readonly uint Kind => Mode & KindMask;

    /// <summary>Major and minor number as the table of mounts writes them.</summary>
    internal readonly string Device => $"{((DeviceNumber >> 8) & 0xfff) | ((DeviceNumber >> 32) & ~0xffful)}:{(DeviceNumber & 0xff) | ((DeviceNumber >> 12) & 0xffffff00)}";

    /// <summary>That of a path; a link is not followed.</summary>
    internal static FileStatus Of(string path) =>
        TryOf(path) ?? throw new SystemCallException($"stat {path}", Marshal.GetLastPInvokeError());

    /// <summary>That of a path, or null when there is nothing.</summary>
    internal static unsafe FileStatus? TryOf(string path)
    {
        FileStatus status;
        return Libc.LinkStatus(path, &status) < 0 ? null : status;
    }

    /// <summary>That of what a link leads to, or null when there is nothing.</summary>
    internal static unsafe FileStatus? TryOfTarget(string path)
    {
        FileStatus status;
        return Libc.Status(path, &status) < 0 ? null : status;
    }
}
