using System.Runtime.InteropServices;
using Mayfly.Agent.Native;
using Mayfly.Contracts.Agent;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Channel;

/// <summary>
/// Finds the virtio-serial port by the name the host gave it. Looks in sysfs, which works without udev, and waits for the kernel's
/// device events while the driver is not loaded yet.
/// </summary>
internal static unsafe class PortFinder
{
    private const int KernelEvents = 15;

    /// <summary>Path of the port's device node; waits for it to appear.</summary>
    internal static string WaitForPort()
    {
        // Listening starts before the first look, so that nothing is missed in between.
        var events = SystemCallException.Check(Libc.Socket(FamilyNetlink, SocketDatagram | CloseOnExec, KernelEvents), "socket (uevents)");
        try
        {
            var address = stackalloc uint[3] { FamilyNetlink, 0, 1 };
            SystemCallException.Check(Libc.Bind(events, address, 12), "bind (uevents)");
            while (true)
            {
                if (Find("/sys/class/virtio-ports") is { } path)
                    return path;
                WaitForEvent(events);
            }
        }
        finally
        {
            _ = Libc.Close(events);
        }
    }

    /// <summary>Path of the port's device node, or null when there is none yet.</summary>
    internal static string? Find(string sysfs)
    {
        if (!Directory.Exists(sysfs))
            return null;
        foreach (var port in Directory.EnumerateDirectories(sysfs))
        {
            var name = Path.Combine(port, "name");
            if (File.Exists(name) && File.ReadAllText(name).Trim() == AgentVerbs.PortName)
                return $"/dev/{Path.GetFileName(port)}";
        }
        return null;
    }

    private static void WaitForEvent(int events)
    {
        var buffer = stackalloc byte[8192];
        // An overrun only means that there was at least one event.
        if (Libc.Read(events, buffer, 8192) < 0 && Marshal.GetLastPInvokeError() is var error && error is not (Interrupted or 105))
            throw new SystemCallException("read (uevents)", error);
    }
}
