using System.Runtime.InteropServices;

namespace Mayfly.Engine.Processes;

/// <summary>A process that runs or ran: started here, or adopted from an earlier mayflyd.</summary>
internal sealed class RunningProcess
{
    private readonly SafeHandle _handle;

    private RunningProcess(int id, SafeHandle handle, Task<ProcessExit> ended)
    {
        Id = id;
        _handle = handle;
        Ended = ended;
    }

    /// <summary>Process number.</summary>
    public int Id { get; }

    /// <summary>Completes when the process has ended. Never faults.</summary>
    public Task<ProcessExit> Ended { get; }

    /// <exception cref="IOException">The program could not be started.</exception>
    public static RunningProcess Start(ProcessStart start, ProcessWatcher watcher)
    {
        var id = Spawner.Spawn(start);
        // Our child stays a zombie until the watcher reaps it, so the number can not be another's yet.
        return Adopt(id, watcher) ?? throw new InvalidOperationException($"Process {id} vanished before it could be watched.");
    }

    /// <summary>Takes over a process by number, or returns null when there is none.</summary>
    public static RunningProcess? Adopt(int id, ProcessWatcher watcher) =>
        watcher.Watch(id) is var (handle, ended) ? new RunningProcess(id, handle, ended) : null;

    /// <summary>Ends the process for certain: SIGTERM, and SIGKILL once <paramref name="grace"/> has passed; zero grace kills at once.</summary>
    /// <returns>How it ended. The process is gone when this returns.</returns>
    public async Task<ProcessExit> EndAsync(TimeSpan grace, TimeProvider time)
    {
        if (grace > TimeSpan.Zero)
        {
            Signal(Native.SigTerm);
            await Task.WhenAny(Ended, Task.Delay(grace, time));
        }

        if (!Ended.IsCompleted)
            Signal(Native.SigKill);
        return await Ended;
    }

    private void Signal(int signal)
    {
        try
        {
            // ESRCH means that it ended meanwhile, which is what is wanted.
            if (Native.PidfdSendSignal(_handle, signal, 0, 0) < 0 && Marshal.GetLastPInvokeError() != Native.ErrorSearch)
                throw Native.Failed("pidfd_send_signal");
        }
        catch (ObjectDisposedException)
        {
            // The watcher saw its end and closed the handle.
        }
    }
}
