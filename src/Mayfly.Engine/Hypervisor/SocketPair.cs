using System.Net.Sockets;
using Mayfly.Engine.Processes;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Hypervisor;

/// <summary>A connected pair of unix stream sockets.</summary>
internal static unsafe class SocketPair
{
    private const int UnixStreamCloseOnExec = 1 | 0x80000;

    /// <summary>One end for this process, one for another.</summary>
    public static (Socket Ours, Socket Theirs) Create()
    {
        var (ours, theirs) = Make();
        return (new Socket(new SafeSocketHandle(ours, ownsHandle: true)), new Socket(new SafeSocketHandle(theirs, ownsHandle: true)));
    }

    /// <summary>Both ends for other processes.</summary>
    public static (SafeFileHandle One, SafeFileHandle Other) CreateForOthers()
    {
        var (one, other) = Make();
        return (new SafeFileHandle(one, ownsHandle: true), new SafeFileHandle(other, ownsHandle: true));
    }

    private static (int One, int Other) Make()
    {
        var pair = stackalloc int[2];
        if (Native.SocketPair((int)AddressFamily.Unix, UnixStreamCloseOnExec, 0, pair) < 0)
            throw Native.Failed("socketpair");
        return (pair[0], pair[1]);
    }
}
