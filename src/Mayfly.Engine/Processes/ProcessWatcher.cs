using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Processes;

/// <summary>
/// Tells when processes end, children and adopted ones alike: one thread waits on all their pidfds at once.
/// A pidfd names one process for good, so neither the wait nor a signal can hit another that got the same number.
/// </summary>
internal sealed unsafe class ProcessWatcher : IDisposable
{
    private const int Batch = 32;
    private const long StopMark = -1;
    private readonly SafeFileHandle _epoll = Native.Own(Native.EpollCreate(0x80000), "epoll_create1");
    private readonly SafeFileHandle _stop = Native.Own(Native.EventDescriptor(0, 0x80000), "eventfd");
    private readonly ConcurrentDictionary<long, Watched> _watches = new();
    private readonly Thread _thread;
    private long _lastKey;

    public ProcessWatcher()
    {
        Register(_stop, StopMark);
        _thread = new Thread(WaitForEnds) { IsBackground = true, Name = "process-watcher" };
        _thread.Start();
    }

    /// <summary>Watches a process by number. The number must be known to be the right one at the time of the call.</summary>
    /// <returns>Its pidfd, and a task that completes when it has ended; null when there is no such process.</returns>
    public (SafeFileHandle Handle, Task<ProcessExit> Ended)? Watch(int processId)
    {
        var descriptor = Native.PidfdOpen(processId, 0);
        if (descriptor < 0)
            return null;
        var watch = new Watched(new SafeFileHandle(descriptor, ownsHandle: true), new(TaskCreationOptions.RunContinuationsAsynchronously));
        var key = Interlocked.Increment(ref _lastKey);
        _watches[key] = watch;
        Register(watch.Handle, key);
        return (watch.Handle, watch.Ended.Task);
    }

    /// <summary>Stops watching. Processes go on; their tasks never complete.</summary>
    public void Dispose()
    {
        RandomAccess.Write(_stop, BitConverter.GetBytes(1L), 0);
        _thread.Join();
        _stop.Dispose();
        _epoll.Dispose();
    }

    private void Register(SafeFileHandle descriptor, long key)
    {
        var change = new Native.EpollEvent { Events = Native.EpollIn, Data = key };
        if (Native.EpollControl(_epoll, Native.EpollControlAdd, descriptor, &change) < 0)
            throw Native.Failed("epoll_ctl");
    }

    private void WaitForEnds()
    {
        var events = stackalloc Native.EpollEvent[Batch];
        while (true)
        {
            var count = Native.EpollWait(_epoll, events, Batch, -1);
            for (var i = 0; i < count; i++)
            {
                if (events[i].Data == StopMark)
                    return;
                if (_watches.TryRemove(events[i].Data, out var watch))
                    Conclude(watch);
            }
        }
    }

    private static void Conclude(Watched watch)
    {
        Native.ChildStatus status = default;
        var reaped = Native.WaitId(Native.PidFileDescriptor, (int)watch.Handle.DangerousGetHandle(), &status, Native.WaitExited | Native.WaitNoHang);
        // Closing the pidfd also takes it out of the epoll set.
        watch.Handle.Dispose();
        watch.Ended.SetResult(reaped == 0 ? ProcessExit.From(status) : ProcessExit.Unknown);
    }

    private sealed record Watched(SafeFileHandle Handle, TaskCompletionSource<ProcessExit> Ended);
}
