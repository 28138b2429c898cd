using Mayfly.Engine.Attaching;

namespace Mayfly.Engine.Volumes;

/// <summary>QEMU's lock on an image file, by name.</summary>
internal static class ImageLock
{
    /// <summary>True while a process has the image open as QEMU does. False for a file that is not there.</summary>
    public static bool IsHeld(string path)
    {
        if (!File.Exists(path))
            return false;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        return FileLocks.IsLocked(file);
    }
}
