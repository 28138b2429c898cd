using Mayfly.Agent.Native;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Personas;

/// <summary>A disk, or in tests a file, that archives are written to or read from. Programs that get its descriptor go on where the last one stopped.</summary>
internal sealed class PersonaDisk : IDisposable
{
    private readonly string _path;

    private PersonaDisk(string path, int descriptor)
    {
        (_path, Descriptor) = (path, descriptor);
        Bytes = Check(Libc.Seek(descriptor, 0, FromEnd));
        Position = 0;
    }

    /// <summary>Its size.</summary>
    internal long Bytes { get; }

    /// <summary>Its descriptor.</summary>
    internal int Descriptor { get; }

    /// <summary>The byte that comes next.</summary>
    internal long Position
    {
        get => Check(Libc.Seek(Descriptor, 0, FromHere));
        set => Check(Libc.Seek(Descriptor, value, FromStart));
    }

    /// <summary>Opens one.</summary>
    internal static PersonaDisk Open(string path, bool write) =>
        new(path, SystemCallException.Check(Libc.Open(path, (write ? WriteOnly : ReadOnly) | CloseOnExec, 0), $"open {path}"));

    /// <summary>Returns once the disk has what was written.</summary>
    internal void Flush() => SystemCallException.Check(Libc.Flush(Descriptor), $"fsync {_path}");

    /// <inheritdoc/>
    public void Dispose() => _ = Libc.Close(Descriptor);

    private long Check(long position) => position >= 0 ? position : throw new SystemCallException($"lseek {_path}", System.Runtime.InteropServices.Marshal.GetLastPInvokeError());
}
