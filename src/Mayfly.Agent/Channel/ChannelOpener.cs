using System.Runtime.InteropServices;
using System.Text;
using Mayfly.Agent.Native;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Channel;

/// <summary>Opens the channel: a device node, or a unix socket where something other than a hypervisor plays the host.</summary>
internal static unsafe class ChannelOpener
{
    private const int PathOffset = 2;
    private const int AddressBytes = 110;
    private const int NoSuchDevice = 6;

    /// <summary>Opens it for reading and writing, non-blocking.</summary>
    /// <param name="path">The node or socket.</param>
    /// <param name="endsWithPeer">True for a socket, which cannot be connected again from the other side.</param>
    internal static int Open(string path, out bool endsWithPeer)
    {
        endsWithPeer = false;
        var node = Libc.Open(path, ReadWrite | NonBlocking | CloseOnExec | NoTerminal, 0);
        if (node >= 0)
            return node;
        var error = Marshal.GetLastPInvokeError();
        // A socket is what open(2) refuses in just this way.
        endsWithPeer = error == NoSuchDevice;
        return endsWithPeer ? Connect(path) : throw new SystemCallException($"open {path}", error);
    }

    /// <summary>Connects to a unix socket.</summary>
    internal static int Connect(string path, bool blocking = false)
    {
        var name = Encoding.UTF8.GetBytes(path);
        if (name.Length >= AddressBytes - PathOffset)
            throw new ArgumentException($"The socket path is too long: {path}", nameof(path));
        var address = stackalloc byte[AddressBytes];
        new Span<byte>(address, AddressBytes).Clear();
        address[0] = FamilyUnix;
        name.CopyTo(new Span<byte>(address + PathOffset, AddressBytes - PathOffset));
        var socket = SystemCallException.Check(Libc.Socket(FamilyUnix, SocketStream | CloseOnExec, 0), "socket");
        if (Libc.Connect(socket, address, AddressBytes) < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            _ = Libc.Close(socket);
            throw new SystemCallException($"connect {path}", error);
        }
        if (!blocking)
            _ = Libc.Fcntl(socket, SetStatusFlags, NonBlocking);
        return socket;
    }
}
