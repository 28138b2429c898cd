using System.Security.Cryptography;
using Mayfly.Engine.Hosts;

namespace Mayfly.Server.Hosting;

/// <summary>Makes sure that one mayflyd uses a data directory, or a socket. The kernel lets go of the lock with the process, however that ends.</summary>
internal sealed class InstanceLock : IDisposable
{
    private readonly FileStream _file;

    private InstanceLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a data directory, or null when another mayflyd holds it.</summary>
    public static InstanceLock? TryTake(DataDirectory data) => TryTake(Path.Combine(data.Root, "mayflyd.lock"));

    /// <summary>Takes the lock that a file is, or null when another mayflyd holds it.</summary>
    public static InstanceLock? TryTake(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        try
        {
            return new InstanceLock(new FileStream(file, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }));
        }
        catch (IOException exception) when (exception is not FileNotFoundException and not DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// A name for whoever holds the lock: the same for the next one as long as this host runs, and no one else's. What is in the file goes with a copy
    /// of the host's disk, what the kernel says with its next start.
    /// </summary>
    public string ReadName()
    {
        if (_file.Length == 0) _file.Write(Guid.NewGuid().ToByteArray());
        _file.Flush();
        _file.Position = 0;
        var own = new byte[_file.Length];
        _file.ReadExactly(own);
        byte[] all = [.. own, .. File.ReadAllBytes("/proc/sys/kernel/random/boot_id")];
        return $"{Environment.MachineName}-{Convert.ToHexStringLower(SHA256.HashData(all))[..16]}";
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
