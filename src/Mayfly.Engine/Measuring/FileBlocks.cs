using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Measuring;

/// <summary>What a file takes up, as opposed to how long it is.</summary>
/// <param name="Inode">Tells files of one file system apart.</param>
/// <param name="Bytes">Bytes of its blocks.</param>
internal readonly record struct FileBlocks(ulong Inode, long Bytes)
{
    private const int BlockBytes = 512;

    /// <summary>Looks at a file, following links; null when there is none.</summary>
    public static unsafe FileBlocks? Of(string path)
    {
        Native.FileStatus status;
        return Native.Status(path, &status) == 0 ? new FileBlocks(status.Inode, status.Blocks * BlockBytes) : null;
    }
}
