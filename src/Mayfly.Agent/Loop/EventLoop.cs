using System.Runtime.InteropServices;
using Mayfly.Agent.Native;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Loop;

/// <summary>
/// The agent's only loop, on the thread that does all its work; <see cref="Personas.ProgramGate"/> alone has another. It sleeps in the kernel without
/// a time limit: an idle guest is never woken by the agent. Descriptors are watched edge-triggered, so a handler must read until nothing is left.
/// </summary>
internal sealed unsafe class EventLoop
{
    private const int EpollAdd = 1;
    private const int EpollRemove = 2;
    private const int EpollModify = 3;
    private readonly int _epoll = SystemCallException.Check(Libc.EpollCreate(CloseOnExec), "epoll_create1");
    private readonly Dictionary<int, Action<uint>> _handlers = [];
    private bool _stopping;

    /// <summary>Calls the handler with the poll events each time something happens to the descriptor.</summary>
    internal void Watch(int descriptor, uint events, Action<uint> handler)
    {
        var entry = new EpollEvent { Events = events | EdgeTriggered, Data = (ulong)descriptor };
        SystemCallException.Check(Libc.EpollControl(_epoll, EpollAdd, descriptor, &entry), "epoll_ctl");
        _handlers[descriptor] = handler;
    }

    /// <summary>Has the handler called again if the descriptor is ready now: for a handler that left something unread.</summary>
    internal void Rearm(int descriptor, uint events)
    {
        var entry = new EpollEvent { Events = events | EdgeTriggered, Data = (ulong)descriptor };
        SystemCallException.Check(Libc.EpollControl(_epoll, EpollModify, descriptor, &entry), "epoll_ctl");
    }

    /// <summary>Stops watching the descriptor and closes it.</summary>
    internal void Close(int descriptor)
    {
        if (_handlers.Remove(descriptor))
            _ = Libc.EpollControl(_epoll, EpollRemove, descriptor, null);
        _ = Libc.Close(descriptor);
    }

    /// <summary>Makes <see cref="Run"/> return.</summary>
    internal void Stop() => _stopping = true;

    /// <summary>Handles events until <see cref="Stop"/>.</summary>
    internal void Run()
    {
        const int batch = 16;
        var events = stackalloc EpollEvent[batch];
        while (!_stopping)
        {
            var count = Libc.EpollWait(_epoll, events, batch, -1);
            if (count < 0 && Marshal.GetLastPInvokeError() is var error && error != Interrupted)
                throw new SystemCallException("epoll_wait", error);
            for (var i = 0; i < count; i++)
            {
                // A handler earlier in the batch may have closed this one.
                if (_handlers.TryGetValue((int)events[i].Data, out var handler))
                    handler(events[i].Events);
            }
        }
    }
}
