using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Mayfly.Qmp;

/// <summary>
/// Sends a file descriptor over a unix socket (SCM_RIGHTS), which .NET has no call for. It rides on a single space, which JSON ignores
/// and which can not be sent by half; QEMU keeps it until the getfd command that follows.
/// </summary>
internal static unsafe partial class DescriptorPassing
{
    private const int SolSocket = 1;
    private const int ScmRights = 1;
    private const int MsgNoSignal = 0x4000;

    // CMSG_LEN(sizeof(int)): header and payload, the padding behind it not counted.
    private const int ControlLength = 20;

    /// <exception cref="SocketException">The descriptor could not be sent.</exception>
    public static void Send(Socket socket, SafeHandle descriptor)
    {
        var added = false;
        try
        {
            descriptor.DangerousAddRef(ref added);
            if (SendSpaceWith(socket, (int)descriptor.DangerousGetHandle()) < 0)
                throw new SocketException(Marshal.GetLastPInvokeError());
        }
        finally
        {
            if (added)
                descriptor.DangerousRelease();
        }
    }

    private static nint SendSpaceWith(Socket socket, int descriptor)
    {
        byte space = (byte)' ';
        var payload = new IoVector { Base = &space, Length = 1 };
        var control = new ControlMessage { Length = ControlLength, Level = SolSocket, Type = ScmRights, Descriptor = descriptor };
        var message = new MessageHeader
        {
            Vectors = &payload,
            VectorCount = 1,
            Control = &control,
            ControlLength = (nuint)sizeof(ControlMessage),
        };
        return SendMessage(socket.SafeHandle, &message, MsgNoSignal);
    }

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint SendMessage(SafeHandle socket, MessageHeader* message, int flags);

    private struct IoVector
    {
        public void* Base;
        public nuint Length;
    }

    private struct MessageHeader
    {
        public void* Name;
        public uint NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    private struct ControlMessage
    {
        public nuint Length;
        public int Level;
        public int Type;
        public int Descriptor;
        public int Padding;
    }
}
