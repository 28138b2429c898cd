using System.Text;
using Mayfly.Engine.Processes;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Hypervisor;

/// <summary>
/// A listening unix socket meant for another process. System.Net.Sockets.Socket can not be used: disposing one shuts the connection down
/// for every holder and removes its file.
/// </summary>
internal static unsafe class ListeningSocket
{
    private const int UnixStreamCloseOnExec = 1 | 0x80000;
    private const int UnixDomain = 1;
    private const int PathBytes = 108;
    private const int Backlog = 4;

    /// <summary>Binds a path (0600) and listens on it.</summary>
    /// <exception cref="IOException">The path is too long or can not be bound.</exception>
    public static SafeFileHandle Create(string path)
    {
        var socket = Native.Own(Native.Socket(UnixDomain, UnixStreamCloseOnExec, 0), "socket");
        try
        {
            Bind(socket, path);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            if (Native.Listen(socket, Backlog) < 0)
                throw Native.Failed("listen");
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void Bind(SafeFileHandle socket, string path)
    {
        if (Encoding.UTF8.GetByteCount(path) >= PathBytes)
            throw new IOException($"{path} is too long for the name of a socket.");
        var address = stackalloc byte[sizeof(ushort) + PathBytes];
        new Span<byte>(address, sizeof(ushort) + PathBytes).Clear();
        *(ushort*)address = UnixDomain;
        Encoding.UTF8.GetBytes(path, new Span<byte>(address + sizeof(ushort), PathBytes));
        if (Native.Bind(socket, address, sizeof(ushort) + PathBytes) < 0)
            throw Native.Failed($"binding {path}");
    }
}
