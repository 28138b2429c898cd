using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Disks;

/// <summary>Writes small files so that a power cut leaves the old or the new content, never a part.</summary>
public static class DurableFile
{
    private const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces a file.</summary>
    public static Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(path, content, Secret | UnixFileMode.GroupRead | UnixFileMode.OtherRead, flush: true, cancellationToken);

    /// <summary>Replaces a file that none but its owner may read.</summary>
    public static Task WriteSecretAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(path, content, Secret, flush: true, cancellationToken);

    /// <summary>The same for a few words, where nothing else may happen meanwhile.</summary>
    public static void WriteSecret(string path, string text)
    {
        using (var file = Begin(path, Secret))
        {
            RandomAccess.Write(file, Encoding.UTF8.GetBytes(text), 0);
            RandomAccess.FlushToDisk(file);
        }

        End(path, flush: true);
    }

    /// <summary>
    /// As <see cref="WriteSecretAsync"/>, for what means nothing once this host has been off: a killed mayflyd leaves the old or the new
    /// content, a power cut may leave none.
    /// </summary>
    public static Task WriteSecretUntilPowerOffAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(path, content, Secret, flush: false, cancellationToken);

    /// <summary>Makes what was written to a file by other means durable.</summary>
    public static void Flush(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, UnixFileMode mode, bool flush, CancellationToken cancellationToken)
    {
        using (var file = Begin(path, mode))
        {
            await RandomAccess.WriteAsync(file, content, 0, cancellationToken);
            if (flush)
                RandomAccess.FlushToDisk(file);
        }

        End(path, flush);
    }

    private static SafeFileHandle Begin(string path, UnixFileMode mode)
    {
        var file = File.OpenHandle(Fresh(path), FileMode.Create, FileAccess.Write);
        File.SetUnixFileMode(file, mode);
        return file;
    }

    private static void End(string path, bool flush)
    {
        File.Move(Fresh(path), path, overwrite: true);
        if (flush)
            FlushDirectory(Path.GetDirectoryName(path)!);
    }

    private static string Fresh(string path) => path + ".new";

    /// <summary>Makes names in a directory durable: a rename is atomic, but lasts only once its directory is written.</summary>
    public static void FlushDirectory(string path)
    {
        using var directory = OpenDirectory(path);
        RandomAccess.FlushToDisk(directory);
    }

    private static SafeFileHandle OpenDirectory(string path) => Processes.Native.Own(Processes.Native.Open(path, Processes.Native.OpenDirectory), "open");
}
