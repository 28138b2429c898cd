using System.Net.Sockets;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Hypervisor;

/// <summary>A connected pair of unix stream sockets.</summary>
internal static unsafe class SocketPair
{
    private const int UnixStreamCloseOnExec = 1 | 0x80000;

    public static (Socket Ours, Socket Theirs) Create()
    {
        var pair = stackalloc int[2];
        if (Native.SocketPair((int)AddressFamily.Unix, UnixStreamCloseOnExec, 0, pair) < 0)
            throw Native.Failed("socketpair");
        return (new Socket(new SafeSocketHandle(pair[0], ownsHandle: true)), new Socket(new SafeSocketHandle(pair[1], ownsHandle: true)));
    }
}
