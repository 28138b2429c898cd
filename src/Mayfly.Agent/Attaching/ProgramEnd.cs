using Mayfly.Agent.Loop;
using Mayfly.Agent.Native;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Attaching;

/// <summary>Asks programs to end, waits for them, and kills those that do not.</summary>
internal sealed class ProgramEnd
{
    // A killed process that waits for a disk goes when the disk does.
    private static readonly TimeSpan KillWait = TimeSpan.FromSeconds(2);
    private readonly EventLoop _loop;
    private readonly Dictionary<int, int> _running = [];
    private readonly Action<int, int> _done;
    private Alarm? _limit;
    private int _ended;
    private int _killed;

    private ProgramEnd(EventLoop loop, Action<int, int> done) => (_loop, _done) = (loop, done);

    /// <summary>Calls back once, in the loop, with how many ended by themselves and how many were killed.</summary>
    internal static void Start(EventLoop loop, IEnumerable<int> processes, TimeSpan grace, Action<int, int> done)
    {
        var end = new ProgramEnd(loop, done);
        foreach (var process in processes)
            end.Ask(process);
        end._limit = new Alarm(loop, grace, repeat: false, end.KillRest);
        end.LookWhetherAllEnded();
    }

    private void Ask(int process)
    {
        var handle = (int)Libc.SystemCall(PidFdOpen, process, 0);
        if (handle < 0)
            return;
        _running[process] = handle;
        _loop.Watch(handle, PollIn, _ => Ended(process));
        _ = Libc.Kill(process, SignalTerminate);
        // One that was stopped does not hear.
        _ = Libc.Kill(process, SignalContinue);
    }

    private void Ended(int process)
    {
        if (!_running.Remove(process, out var handle))
            return;
        _loop.Close(handle);
        _ended++;
        LookWhetherAllEnded();
    }

    private void KillRest()
    {
        _limit!.Stop();
        _killed = _running.Count;
        foreach (var process in _running.Keys)
            _ = Libc.Kill(process, SignalKill);
        _limit = new Alarm(_loop, KillWait, repeat: false, GiveUp);
    }

    private void GiveUp()
    {
        foreach (var handle in _running.Values)
            _loop.Close(handle);
        _running.Clear();
        LookWhetherAllEnded();
    }

    private void LookWhetherAllEnded()
    {
        if (_running.Count > 0 || _limit is null)
            return;
        _limit.Stop();
        _limit = null;
        _done(Math.Max(0, _ended - _killed), _killed);
    }
}
