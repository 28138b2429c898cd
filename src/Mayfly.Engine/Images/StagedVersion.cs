using System.Diagnostics.CodeAnalysis;
using Mayfly.Engine.Processes;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Images;

/// <summary>
/// A version in the making: a directory beside the finished ones, locked for as long as its maker lives, so that
/// a leftover of a crash can be told from another's work. Disposing removes it unless it has been moved into place.
/// </summary>
internal sealed class StagedVersion : IDisposable
{
    private const string Prefix = ".making-";
    private const string LockName = ".lock";

    private readonly string _imageDirectory;
    private FileStream? _lock;

    private StagedVersion(string imageDirectory, string directory, FileStream @lock)
    {
        _imageDirectory = imageDirectory;
        Directory = directory;
        _lock = @lock;
    }

    /// <summary>Where the version's files are put.</summary>
    public string Directory { get; }

    public static StagedVersion Create(string imageDirectory)
    {
        var directory = Path.Combine(imageDirectory, Prefix + Guid.NewGuid().ToString("N")[..8]);
        System.IO.Directory.CreateDirectory(directory);
        return new StagedVersion(imageDirectory, directory, new FileStream(Path.Combine(directory, LockName), FileMode.Create, FileAccess.Write, FileShare.None));
    }

    /// <summary>Removes the directories whose makers are gone.</summary>
    public static int RemoveLeftovers(string imageDirectory)
    {
        var removed = 0;
        foreach (var directory in System.IO.Directory.EnumerateDirectories(imageDirectory, Prefix + "*"))
        {
            if (!TryLock(directory, out var @lock))
                continue;
            using (@lock)
                System.IO.Directory.Delete(directory, recursive: true);
            removed++;
        }
        return removed;
    }

    /// <summary>Flushes all files and renames the directory to its final place.</summary>
    public void MoveTo(string target)
    {
        foreach (var file in System.IO.Directory.EnumerateFiles(Directory).Where(file => Path.GetFileName(file) != LockName))
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            RandomAccess.FlushToDisk(handle);
        }
        if (System.IO.Directory.Exists(target))
            return;
        FlushDirectory(Directory);
        System.IO.Directory.Move(Directory, target);
        // Not before the move: a directory without a lock is taken for a leftover.
        File.Delete(Path.Combine(target, LockName));
        FlushDirectory(_imageDirectory);
    }

    public void Dispose()
    {
        if (System.IO.Directory.Exists(Directory))
            System.IO.Directory.Delete(Directory, recursive: true);
        _lock?.Dispose();
        _lock = null;
    }

    private static bool TryLock(string directory, [NotNullWhen(true)] out FileStream? @lock)
    {
        try
        {
            // Created when missing: the maker may have died before it made its lock.
            @lock = new FileStream(Path.Combine(directory, LockName), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            @lock = null;
            return false;
        }
    }

    private static void FlushDirectory(string directory)
    {
        // .NET opens no directories; the new name must survive a power cut all the same.
        using var handle = new SafeFileHandle(Native.Open(directory, Native.OpenDirectory), ownsHandle: true);
        if (!handle.IsInvalid)
            RandomAccess.FlushToDisk(handle);
    }
}
