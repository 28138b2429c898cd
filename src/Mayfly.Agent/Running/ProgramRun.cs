using Mayfly.Agent.Loop;
using Mayfly.Agent.Native;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Running;

/// <summary>One program from its start to its end or to its time limit, whichever comes first.</summary>
internal sealed unsafe class ProgramRun
{
    private const int TimedOut = 124;
    private readonly EventLoop _loop;
    private readonly Child _child;
    private readonly OutputPipe _output;
    private readonly OutputPipe _errors;
    private readonly Alarm _limit;
    private readonly bool _whole;
    private readonly Action<ExecResult> _done;
    private bool _outOfTime;
    private int _status;

    /// <summary>Follows a child.</summary>
    /// <param name="loop">Where it is waited for.</param>
    /// <param name="child">The child.</param>
    /// <param name="limit">Its group is killed after this long.</param>
    /// <param name="whole">Whether it has ended with all that it has started.</param>
    /// <param name="done">Called once, in the loop.</param>
    internal ProgramRun(EventLoop loop, Child child, TimeSpan limit, bool whole, Action<ExecResult> done)
    {
        (_loop, _child, _whole, _done) = (loop, child, whole, done);
        _output = new OutputPipe(loop, child.Output);
        _errors = new OutputPipe(loop, child.Errors);
        _limit = new Alarm(loop, limit, repeat: false, KillGroup);
        loop.Watch(child.Handle, Constants.PollIn, _ => Ended());
    }

    private void KillGroup()
    {
        _outOfTime = true;
        _ = Libc.Kill(-_child.ProcessId, Constants.SignalKill);
    }

    private void Ended()
    {
        int status;
        if (Libc.WaitPid(_child.ProcessId, &status, Constants.WaitNoHang) == 0)
            return;
        _status = status;
        _limit.Stop();
        _loop.Close(_child.Handle);
        _errors.Drain();
        if (_whole && !_errors.IsClosed)
        {
            // What it has started holds this open, until it has written its last too.
            _ = Libc.Kill(-_child.ProcessId, Constants.SignalKill);
            _errors.Closed = Finish;
            return;
        }
        Finish();
    }

    private void Finish()
    {
        // What a descendant in the background still writes belongs to nobody.
        _output.Finish();
        _errors.Finish();
        _done(new ExecResult(_outOfTime ? TimedOut : ExitCode(_status), _output.Text, _errors.Text, _output.Truncated || _errors.Truncated));
    }

    private static int ExitCode(int status) => (status & 0x7f) is var signal && signal != 0 ? 128 + signal : (status >> 8) & 0xff;
}
