using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Tests;

/// <summary>An open file in a directory of its own, gone after the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mft");

    public TemporaryFile()
    {
        Path = System.IO.Path.Combine(_directory.FullName, "file");
        Handle = File.OpenHandle(Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite);
    }

    public string Path { get; }

    public SafeFileHandle Handle { get; }

    public void Dispose()
    {
        Handle.Dispose();
        _directory.Delete(recursive: true);
    }
}
