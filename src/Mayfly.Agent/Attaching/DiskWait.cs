using Mayfly.Agent.Loop;
using Mayfly.Agent.Native;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Attaching;

/// <summary>Waits until disks with these serial numbers are there: for the kernel's device events, in the loop.</summary>
internal sealed unsafe class DiskWait
{
    private const int KernelEvents = 15;
    private const int BufferBytes = 8192;
    private readonly EventLoop _loop;
    private readonly HashSet<string> _wanted;
    private readonly Action<Dictionary<string, Disk>> _done;
    private readonly int _events;
    private readonly Alarm _limit;

    private DiskWait(EventLoop loop, HashSet<string> wanted, TimeSpan limit, Action<Dictionary<string, Disk>> done)
    {
        (_loop, _wanted, _done) = (loop, wanted, done);
        _events = Open();
        _limit = new Alarm(loop, limit, repeat: false, () => End(Ready()));
        loop.Watch(_events, PollIn, _ => Look());
    }

    /// <summary>Calls back in the loop, at once when all are there, and with those there are when the time is up.</summary>
    internal static void Start(EventLoop loop, HashSet<string> wanted, TimeSpan limit, Action<Dictionary<string, Disk>> done)
    {
        var now = Ready();
        if (wanted.IsSubsetOf(now.Keys))
            done(now);
        else
            new DiskWait(loop, wanted, limit, done).Look();
    }

    // Also called once after listening has begun, so that nothing is missed in between.
    private void Look()
    {
        var buffer = stackalloc byte[BufferBytes];
        while ((int)Libc.Read(_events, buffer, BufferBytes) > 0)
        {
            // What happened does not matter: sysfs is looked at.
        }

        var now = Ready();
        if (_wanted.IsSubsetOf(now.Keys))
            End(now);
        else
            _loop.Rearm(_events, PollIn);
    }

    // The kernel shows a disk some time before it can be opened, and tells when it can.
    private static Dictionary<string, Disk> Ready() => Disk.BySerial().Where(one => one.Value.CanBeOpened()).ToDictionary();

    private void End(Dictionary<string, Disk> found)
    {
        _limit.Stop();
        _loop.Close(_events);
        _done(found);
    }

    private static int Open()
    {
        var socket = SystemCallException.Check(Libc.Socket(FamilyNetlink, SocketDatagram | CloseOnExec | NonBlocking, KernelEvents), "socket (uevents)");
        var address = stackalloc uint[3] { FamilyNetlink, 0, 1 };
        if (Libc.Bind(socket, address, 12) >= 0)
            return socket;
        var error = System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
        _ = Libc.Close(socket);
        throw new SystemCallException("bind (uevents)", error);
    }
}
