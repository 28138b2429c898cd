using Mayfly.Engine.Processes;
using Mayfly.Engine.Publishing;

namespace Mayfly.Engine.Disks;

/// <summary>Copies a whole disk: by sharing its blocks where the file system can, and without its holes elsewhere.</summary>
internal static class DiskCopy
{
    /// <param name="source">Disk that nobody writes to.</param>
    /// <param name="target">New file.</param>
    /// <param name="cancellationToken">Stops the copy and leaves what is there of it.</param>
    public static async Task CopyAsync(string source, string target, CancellationToken cancellationToken)
    {
        using var from = File.OpenHandle(source);
        using var to = File.OpenHandle(target, FileMode.CreateNew, FileAccess.ReadWrite);
        if (Native.ShareBlocks(to, from))
            return;
        var length = RandomAccess.GetLength(from);
        RandomAccess.SetLength(to, length);
        _ = await SparseHash.CopyAsync(from, to, length, cancellationToken);
    }
}
