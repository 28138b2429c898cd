using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Disks;

/// <summary>Writes small files so that a power cut leaves the old or the new content, never a part.</summary>
internal static class DurableFile
{
    /// <summary>Replaces a file.</summary>
    public static Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(path, content, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, flush: true, cancellationToken);

    /// <summary>Replaces a file that none but its owner may read.</summary>
    public static Task WriteSecretAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(path, content, UnixFileMode.UserRead | UnixFileMode.UserWrite, flush: true, cancellationToken);

    /// <summary>
    /// As <see cref="WriteSecretAsync"/>, for what means nothing once this host has been off: a killed mayflyd leaves the old or the new
    /// content, a power cut may leave none.
    /// </summary>
    public static Task WriteSecretUntilPowerOffAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(path, content, UnixFileMode.UserRead | UnixFileMode.UserWrite, flush: false, cancellationToken);

    /// <summary>Makes what was written to a file by other means durable.</summary>
    public static void Flush(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, UnixFileMode mode, bool flush, CancellationToken cancellationToken)
    {
        var fresh = path + ".new";
        using (var file = File.OpenHandle(fresh, FileMode.Create, FileAccess.Write))
        {
            File.SetUnixFileMode(file, mode);
            await RandomAccess.WriteAsync(file, content, 0, cancellationToken);
            if (flush)
                RandomAccess.FlushToDisk(file);
        }

        File.Move(fresh, path, overwrite: true);
        if (flush)
            FlushDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes names in a directory durable: a rename is atomic, but lasts only once its directory is written.</summary>
    public static void FlushDirectory(string path)
    {
        using var directory = OpenDirectory(path);
        RandomAccess.FlushToDisk(directory);
    }

    private static SafeFileHandle OpenDirectory(string path) => Processes.Native.Own(Processes.Native.Open(path, Processes.Native.OpenDirectory), "open");
}
