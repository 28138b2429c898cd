using Mayfly.Engine.Hosts;

namespace Mayfly.Server.Hosting;

/// <summary>Makes sure that one mayflyd uses a data directory. The kernel lets go of the lock with the process, however that ends.</summary>
internal sealed class InstanceLock : IDisposable
{
    private readonly FileStream _file;

    private InstanceLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or null when another mayflyd holds it.</summary>
    public static InstanceLock? TryTake(DataDirectory data)
    {
        Directory.CreateDirectory(data.Root);
        try
        {
            return new InstanceLock(new FileStream(Path.Combine(data.Root, "mayflyd.lock"), new FileStreamOptions
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

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
