using System.Runtime.InteropServices;
using System.Text;
using Mayfly.Agent.Native;

namespace Mayfly.Agent.Attaching;

/// <summary>A mount that is in no place yet, or in two. Disposing it lets go of what has no place.</summary>
internal sealed unsafe class LooseMount : IDisposable
{
    private const int MessageBytes = 512;
    private readonly int _descriptor;

    private LooseMount(int descriptor) => _descriptor = descriptor;

    /// <summary>Opens its root folder, for calls about the file system. The caller closes it.</summary>
    internal int Open() =>
        SystemCallException.Check(Libc.Open($"/proc/self/fd/{_descriptor}", Constants.ReadOnly | Constants.CloseOnExec, 0), "open a mount");

    /// <summary>Makes a file system of a type with these options; a value of null is a switch.</summary>
    /// <exception cref="SystemCallException">The kernel refused, with what it had to say about it.</exception>
    internal static LooseMount Make(string type, IEnumerable<(string Key, string? Value)> options, uint attributes)
    {
        var context = SystemCallException.Check(LibcMount.FileSystemOpen(type), $"mount {type}");
        try
        {
            foreach (var (key, value) in options)
                Check(context, LibcMount.FileSystemConfigure(context, value is null ? LibcMount.SetFlag : LibcMount.SetString, key, value), type);
            Check(context, LibcMount.FileSystemConfigure(context, LibcMount.Create, null, null), type);
            return new LooseMount(Check(context, LibcMount.FileSystemMount(context, attributes), type));
        }
        finally
        {
            _ = Libc.Close(context);
        }
    }

    /// <summary>A second view of what a path shows, without what is mounted below it now or later.</summary>
    internal static LooseMount Copy(string path)
    {
        var copy = new LooseMount(SystemCallException.Check(LibcMount.OpenTree(path, LibcMount.CloneTree), $"copy the mount {path}"));
        if (LibcMount.MakePrivate(copy._descriptor) >= 0)
            return copy;
        var error = Marshal.GetLastPInvokeError();
        copy.Dispose();
        throw new SystemCallException($"keep the copy of {path} apart", error);
    }

    /// <summary>Puts it over a path.</summary>
    internal void Place(string path) =>
        SystemCallException.Check(LibcMount.MoveMount(_descriptor, path, LibcMount.FromIsEmptyPath), $"mount on {path}");

    /// <summary>Puts it over the folder that a descriptor is open at.</summary>
    internal void PlaceOver(int folder) =>
        SystemCallException.Check(LibcMount.MoveMount(_descriptor, $"/proc/self/fd/{folder}", LibcMount.FromIsEmptyPath | LibcMount.FollowTarget), "mount on a folder");

    /// <summary>
    /// Puts it in the place of the mount on a path: slipped beneath, so that the path has something to show at every moment. The kernel
    /// does not take that right on the first file system of all, where an image in memory is, nor before Linux 6.5: then there is a gap of
    /// some microseconds.
    /// </summary>
    internal void Replace(string path)
    {
        var beneath = LibcMount.MoveMount(_descriptor, path, LibcMount.FromIsEmptyPath | LibcMount.Beneath) >= 0;
        if (!beneath && Marshal.GetLastPInvokeError() is var error && error != Constants.Invalid)
            throw new SystemCallException($"mount beneath {path}", error);
        Detach(path);
        if (!beneath)
            Place(path);
    }

    /// <summary>Takes the topmost mount off a path. Whoever still uses it keeps it.</summary>
    internal static void Detach(string path) =>
        SystemCallException.Check(LibcMount.Unmount(path, LibcMount.Detach | LibcMount.NoFollow), $"unmount {path}");

    /// <inheritdoc/>
    public void Dispose() => _ = Libc.Close(_descriptor);

    private static int Check(int context, int result, string type)
    {
        if (result >= 0)
            return result;
        var error = Marshal.GetLastPInvokeError();
        throw new SystemCallException($"mount {type}{Message(context)}", error);
    }

    /// <summary>What the file system says of its refusal, in parentheses, or nothing.</summary>
    private static string Message(int context)
    {
        var buffer = stackalloc byte[MessageBytes];
        var text = new StringBuilder();
        while ((int)Libc.Read(context, buffer, MessageBytes) is > 0 and var count)
            text.Append(text.Length == 0 ? " (" : "; ").Append(Encoding.UTF8.GetString(buffer, count).Trim());
        return text.Length == 0 ? "" : text.Append(')').ToString();
    }
}
